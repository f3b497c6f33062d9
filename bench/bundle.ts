import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { end, startServer } from "../e2e/faults/process";
import { BOOTSTRAP_KEY } from "../e2e/servers";

/*
 * Client JavaScript that each page's HTML asks for, gzipped. Chunks that are loaded later, on demand, are not in it. Each
 * is opened with something to show: a page that finds nothing asks for less.
 */
const BUDGET_KB = 250;
const PAGES = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith("page.tsx"))
  .map((file) => `/${path.posix.dirname(file)}`)
  // These lead on to another.
  .filter((page) => !["/.", "/models/[model]"].includes(page))
  .sort();

const dataDir = mkdtempSync(path.join(os.tmpdir(), "tidemark-bundle-"));
const server = await startServer({
  TIDEMARK_DATA_DIR: dataDir,
  DATABASE_URL: "",
  TIDEMARK_DEMO: "1",
  TIDEMARK_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
});
try {
  const addresses = await fill();
  const entered = await fetch(`${server.url}/api/auth/demo?role=admin`, { redirect: "manual" });
  const cookie = entered.headers
    .getSetCookie()
    .map((each) => each.split(";", 1)[0])
    .join("; ");
  for (const page of PAGES) {
    const address = Object.entries(addresses).reduce(
      (so, [name, value]) => (so === name || name.startsWith("[") ? so.replace(name, value) : so),
      page,
    );
    const reply = await fetch(`${server.url}${address}`, { headers: { cookie } });
    if (!reply.ok) throw new Error(`${address}: ${reply.status}`);
    const html = await reply.text();
    // Browsers that know modules leave the polyfills for older ones alone.
    const tags = [...html.matchAll(/<script[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => !/nomodule/i.test(tag));
    const scripts = new Set(tags.flatMap((tag) => /src="([^"]+\.js[^"]*)"/.exec(tag)?.[1] ?? []));
    let bytes = 0;
    for (const script of scripts) {
      const response = await fetch(new URL(script, server.url));
      bytes += gzipSync(Buffer.from(await response.arrayBuffer())).length;
    }
    console.log(
      `RESULT ${page}: ${Math.round(bytes / 1000)} kB of JavaScript, gzipped, in ${scripts.size} files (budget ${BUDGET_KB})`,
    );
  }
} finally {
  await end(server.child, "SIGTERM");
  rmSync(dataDir, { recursive: true, force: true });
}

/** What stands in place of the names in the pages' addresses. */
async function fill(): Promise<Record<string, string>> {
  const post = async (address: string, body: object, method = "POST") => {
    const reply = await fetch(`${server.url}${address}`, {
      method,
      headers: { authorization: `Bearer ${BOOTSTRAP_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!reply.ok) throw new Error(`${address}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
  const [model, version] = ["m", "1"] as const;
  await post("/api/2.0/mlflow/registered-models/create", { name: model });
  await post("/api/2.0/mlflow/model-versions/create", { name: model, source: "s3://elsewhere/model" });
  await post("/api/v1/predictions", {
    model,
    version,
    predictions: [{ prediction_id: "one", features: { x: 1, place: "here" }, prediction: 0.5 }],
  });
  const { run } = await post("/api/2.0/mlflow/runs/create", { experiment_id: "0" });
  const champion = { kind: "alias", name: "champion", approvals: 1, gates: [] };
  await post(
    `/api/v1/models/${model}/policy`,
    { revision: 0, why: "to be seen", targets: [champion] },
    "PUT",
  );
  const { promotion_id } = await post("/api/v1/promotions", {
    model,
    version,
    target: { kind: "alias", name: "champion" },
    reason: "to be seen",
  });
  return {
    "[model]": model,
    "[version]": version,
    "[experiment]": "0",
    "[run]": run.info.run_id,
    "[id]": promotion_id,
    "/promotions/policy": `/promotions/policy?model=${model}`,
    "/compare": `/compare?runs=${run.info.run_id}`,
  };
}
