import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { run } from "./python";

/** The class path of MLflow's client for Java; null, said aloud, where it cannot be had. */
export async function javaClassPath(): Promise<string | null> {
  if ((await run("java", ["-version"])).code !== 0) return skip("no java");
  const folder = path.resolve(".test", "java");
  const classPath = path.join(folder, "dependency", "*");
  const complete = path.join(folder, "complete");
  const pom = path.resolve("e2e/mlflow/java/pom.xml");
  const wanted = await readFile(pom, "utf8");
  if ((await readFile(complete, "utf8").catch(() => null)) === wanted) return classPath;
  if ((await run("mvn", ["--version"])).code !== 0) return skip("no mvn");
  console.log(`Fetching MLflow's Java client into ${folder}, once …`);
  await rm(folder, { recursive: true, force: true });
  const args = ["-q", "-B", "-f", pom, `-Dfolder=${folder}`, "dependency:copy-dependencies"];
  const fetched = await run("mvn", args, { timeoutMs: 240_000 });
  if (fetched.code !== 0) {
    return skip(`Maven Central out of reach: ${/\[ERROR\] .*/.exec(fetched.output)?.[0] ?? ""}`);
  }
  await writeFile(complete, wanted);
  return classPath;
}

function skip(reason: string): null {
  console.warn(`MLflow's Java client skipped: ${reason}`);
  return null;
}
