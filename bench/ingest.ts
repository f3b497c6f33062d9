import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import postgres from "postgres";
import { makeCluster } from "../e2e/faults/cluster";
import { end, freePort, startServer } from "../e2e/faults/process";
import { hammer, median } from "./measure";
import { makeBodies } from "./rows";

/*
 * Ingest against two yardsticks, in one run on one machine that also carries the load generator:
 * - batches of 1,000 rows of 20 features, HTTP to committed, against COPY of as many such rows into the same table;
 * - one row a request from 64 clients, against the same request to an empty Next route.
 */
const KEY = "bench-bootstrap-key-0123456789";
const HEADERS = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
const ROUNDS = 3;
const SECONDS = 10;
/** As many batches on their way as keep both the server and the store busy. */
const CLIENTS = 16;

const cluster = await makeCluster({ shared_buffers: "1GB", max_wal_size: "4GB" });
const server = await startServer({
  DATABASE_URL: cluster.url,
  TIDEMARK_BOOTSTRAP_KEY: KEY,
  TIDEMARK_MAX_QUEUED_ROWS: "1000000",
});
const empty = await startEmptyRoute();
try {
  let first = 0;
  const batches = async (seconds: number) => {
    const bodies = makeBodies(Math.ceil(seconds * 90), { model: "bench", size: 1000, first });
    first += bodies.length * 1000;
    return hammer(`${server.url}/api/v1/predictions`, {
      headers: HEADERS,
      clients: CLIENTS,
      seconds,
      body: () => bodies.pop() ?? null,
    });
  };
  const singles = async (url: string, seconds: number) => {
    const bodies = makeBodies(Math.ceil(seconds * 2500), { model: "single", size: 1, first });
    first += bodies.length;
    return hammer(url, { headers: HEADERS, clients: 64, seconds, body: () => bodies.pop() ?? null });
  };
  await batches(3);
  await singles(`${server.url}/api/v1/predictions`, 2);
  await singles(`${empty.url}/api/empty`, 2);

  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const http = await batches(SECONDS);
    const ingest = (http.requests * 1000) / http.seconds;
    const copied = await copyRate(cluster.url, http.requests * 1000, round);
    ratios.push(ingest / copied);
    console.log(
      `batches: ${Math.round(ingest)} rows/s (p50 ${http.p50Ms.toFixed(0)} ms, p99 ${http.p99Ms.toFixed(0)} ms, ${http.failures} failed), COPY ${Math.round(copied)} rows/s, ratio ${(ingest / copied).toFixed(2)}`,
    );
  }
  const singleRatios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await singles(`${server.url}/api/v1/predictions`, SECONDS);
    const theirs = await singles(`${empty.url}/api/empty`, SECONDS);
    const [a, b] = [ours.requests / ours.seconds, theirs.requests / theirs.seconds];
    singleRatios.push(a / b);
    console.log(
      `one row a request: ${Math.round(a)} req/s (p50 ${ours.p50Ms.toFixed(0)} ms, p99 ${ours.p99Ms.toFixed(0)} ms, ${ours.failures} failed), empty route ${Math.round(b)} req/s, ratio ${(a / b).toFixed(2)}`,
    );
  }
  console.log(`server memory: ${Math.round((await server.rssBytes()) / 1e6)} MB`);
  console.log(`RESULT ingest in batches against COPY: ${median(ratios).toFixed(2)} (budget 0.6)`);
  console.log(
    `RESULT one-row requests against an empty route: ${median(singleRatios).toFixed(2)} (budget 0.8)`,
  );
} finally {
  await end(server.child, "SIGTERM");
  empty.stop();
  await cluster.remove();
}

/** COPY of rows like those the server has stored, under another model, through one connection. */
async function copyRate(url: string, count: number, round: number): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const model = 100_000 + round;
    // The very rows, as text: what the server stored last, so that types, sizes and order are the same.
    const text: string[] = [];
    const cursor =
      sql`SELECT concat_ws(E'\t', ${model}::int, prediction_id, version_id, ts, received_at, prediction, score,
        coalesce(scores::text, '\\N'), latency_ms, coalesce(error, '\\N'), features::text) AS line
      FROM prediction WHERE model_id = (SELECT model_id FROM model WHERE name = 'bench')
      ORDER BY received_at DESC, ts LIMIT ${count}`.cursor(10_000);
    for await (const lines of cursor) text.push(`${lines.map((row) => row.line).join("\n")}\n`);
    const start = performance.now();
    const writable =
      await sql`COPY prediction (model_id, prediction_id, version_id, ts, received_at, prediction, score,
      scores, latency_ms, error, features) FROM STDIN`.writable();
    await pipeline(Readable.from(text), writable);
    return count / ((performance.now() - start) / 1000);
  } finally {
    await sql.end();
  }
}

async function startEmptyRoute(): Promise<{ url: string; stop: () => void }> {
  const cwd = "bench/empty-route";
  const run = (args: string[]) =>
    spawn(process.execPath, ["../../node_modules/next/dist/bin/next", ...args], { cwd, stdio: "ignore" });
  const build = run(["build"]);
  const code = await new Promise((resolve) => build.once("exit", resolve));
  if (code !== 0) throw new Error("the empty route could not be built");
  const port = await freePort();
  const child = run(["start", "-p", String(port), "-H", "127.0.0.1"]);
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; i++) {
    if (
      await fetch(`${url}/api/empty`, { method: "POST" }).then(
        (response) => response.ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const answer = await fetch(`${url}/api/empty`, { method: "POST" }).catch(() => null);
  if (!answer?.ok) throw new Error(`the empty route does not answer: ${answer?.status ?? "no connection"}`);
  return { url, stop: () => child.kill("SIGKILL") };
}
