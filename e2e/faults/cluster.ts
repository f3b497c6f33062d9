import { execFile } from "node:child_process";
import { chmod, chown, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { findPostgresBinaries } from "@/lib/db/postgres-binaries.mjs";
import { freePort } from "./process";

const run = promisify(execFile);

/** A PostgreSQL server of a test's own, which it may stop as rudely as it likes. */
export type Cluster = {
  url: string;
  start(): Promise<void>;
  /** `immediate` ends every backend at once, as a crash does. */
  stop(mode: "immediate" | "fast"): Promise<void>;
  remove(): Promise<void>;
};

/**
 * Makes and starts a cluster on a free port, with durable writes as PostgreSQL has them by default.
 * @param settings e.g. `{ synchronous_commit: "off" }`
 * @param parent the folder to make it in
 */
export async function makeCluster(
  settings: Record<string, string> = {},
  parent = os.tmpdir(),
): Promise<Cluster> {
  const binaries = findPostgresBinaries();
  if (!binaries) throw new Error("PostgreSQL is not installed");
  const folder = await mkdtemp(path.join(parent, "tidemark-pg-"));
  // PostgreSQL refuses to run as root.
  const root = process.getuid?.() === 0;
  const { uid, gid } = root ? await idOf("postgres") : { uid: undefined, gid: undefined };
  if (uid !== undefined && gid !== undefined) await chown(folder, uid, gid);
  await chmod(folder, 0o700);
  const as = { cwd: folder, ...(uid === undefined ? {} : { uid, gid }) };
  const data = path.join(folder, "data");
  const port = await freePort();
  await run(
    path.join(binaries, "initdb"),
    ["-D", data, "-A", "trust", "-U", "postgres", "--no-instructions", "-E", "UTF8", "--locale=C"],
    as,
  );
  const options = [
    `-p ${port}`,
    `-k ${folder}`,
    "-c listen_addresses=127.0.0.1",
    ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`),
  ].join(" ");
  const control = (...words: string[]) =>
    run(path.join(binaries, "pg_ctl"), ["-D", data, "-w", "-l", path.join(folder, "log"), ...words], as);
  const cluster: Cluster = {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: async () => void (await control("start", "-o", options)),
    stop: async (mode) => void (await control("stop", "-m", mode)),
    remove: async () => {
      await control("stop", "-m", "immediate").catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
  await cluster.start();
  return cluster;
}

async function idOf(user: string): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run("id", [flag, user])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}
