import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { findPostgresBinaries } from "@/lib/db/postgres-binaries.mjs";
import { databaseOn } from "@/lib/db/testing-setup";
import { makeCluster } from "./faults/cluster";
import { end, startServer } from "./faults/process";
import { seed } from "./seed";
import { seedRuns } from "./seed-runs";
import { BOOTSTRAP_KEY, SERVERS, WITHOUT_POSTGRES } from "./servers";
import { signInEverybody } from "./sign-in";

type Undo = () => Promise<unknown>;

/** Before the journeys: the production server on each store, filled through its HTTP API as a client would. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const undo: Undo[] = [];
  const tearDown = async () => {
    for (const step of undo.reverse()) await step();
  };
  // Both are waited for: what one has started must be known before it can be stopped for the other's failure.
  const started = await Promise.allSettled([serveEmbedded(undo), servePostgres(undo)]);
  const failed = started.find(({ status }) => status === "rejected") as PromiseRejectedResult | undefined;
  if (failed) {
    await tearDown();
    throw failed.reason;
  }
  return tearDown;
}

async function serveEmbedded(undo: Undo[]): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "tidemark-e2e-"));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  // An empty DATABASE_URL is an unset one, whatever the shell of who runs the tests says.
  await serve(undo, SERVERS.embedded, { TIDEMARK_DATA_DIR: folder, DATABASE_URL: "" });
}

async function servePostgres(undo: Undo[]): Promise<void> {
  const url = await makeDatabase(undo);
  if (!url) {
    const reason =
      "there are no PostgreSQL server programs of version 15 or newer: install PostgreSQL, or set TEST_DATABASE_URL to a server on which databases may be created";
    process.env[WITHOUT_POSTGRES] = reason;
    console.warn(`The journeys on a real PostgreSQL are SKIPPED: ${reason}`);
    return;
  }
  await serve(undo, SERVERS.postgres, { DATABASE_URL: url });
}

async function serve(
  undo: Undo[],
  { name, port, url }: { name: string; port: number; url: string },
  environment: Record<string, string>,
): Promise<void> {
  await mustBeFree(port);
  const server = await startServer({
    ...environment,
    PORT: String(port),
    TIDEMARK_BOOTSTRAP_KEY: BOOTSTRAP_KEY,
  });
  undo.push(async () => {
    if (server.child.exitCode !== null) console.error(`${url} ended by itself: ${server.output()}`);
    await end(server.child, "SIGTERM");
  });
  await signInEverybody({ name, url });
  await seed(url, BOOTSTRAP_KEY);
  await seedRuns(url, BOOTSTRAP_KEY);
}

/** Else the journeys would read, and fill, the server of another run. */
function mustBeFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (cause) =>
      reject(new Error(`port ${port} is taken: is another run of the browser tests under way?`, { cause })),
    );
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

/** A database of this run's own: on a new server, else on the one that TEST_DATABASE_URL names; else null. */
async function makeDatabase(undo: Undo[]): Promise<string | null> {
  if (findPostgresBinaries()) {
    const cluster = await makeCluster({ fsync: "off", full_page_writes: "off" });
    undo.push(() => cluster.remove());
    return cluster.url;
  }
  const given = process.env.TEST_DATABASE_URL;
  if (!given) return null;
  const name = `tidemark_e2e_${process.pid}`;
  const tell = async (statement: string) => {
    const client = postgres(given, { max: 1, onnotice: () => {} });
    await client.unsafe(statement);
    await client.end();
  };
  await tell(`CREATE DATABASE ${name}`);
  undo.push(() => tell(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  return databaseOn(given, name);
}
