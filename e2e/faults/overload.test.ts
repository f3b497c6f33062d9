import { afterEach, describe, expect, it } from "vitest";
import { findPostgresBinaries } from "@/lib/db/postgres-binaries.mjs";
import { PredictionReceipt } from "@/lib/predictions/schema";
import { auditStore, expectConsistent, lost } from "./audit";
import { type Cluster, makeCluster } from "./cluster";
import { type Answer, exchange, expectRefusal } from "./exchange";
import { makeRow } from "./load";
import { end, type Server, startServer } from "./process";

const LONG = process.env.TIDEMARK_FAULTS === "long";
const STORM_MS = LONG ? 60_000 : 10_000;
const STREAM_ROWS = LONG ? 1_000_000 : 100_000;
const CLIENTS = 48;
const ROWS_PER_BATCH = 500;
/** Far below what the clients have under way at once: 48 × 500. */
const MOST_QUEUED = 2_000;
const MEGABYTE = 1024 * 1024;
const KEY = "faults-bootstrap-key-0123456789";
const AUTH = { authorization: `Bearer ${KEY}` };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function send(url: string, rows: unknown[], model = "m"): Promise<Answer> {
  return exchange(url, {
    method: "POST",
    path: "/api/v1/predictions",
    headers: { ...AUTH, "content-type": "application/json" },
    body: JSON.stringify({ model, version: "1", predictions: rows }),
  });
}

const rowsFrom = (first: number, n: number) => Array.from({ length: n }, (_, i) => makeRow(first + i));

/** The largest resident size while something goes on. */
function watchMemory(server: Server): { stop(): Promise<number> } {
  let most = 0;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      most = Math.max(most, await server.rssBytes());
      await sleep(50);
    }
  })();
  return {
    async stop() {
      stopped = true;
      await watching;
      return most;
    },
  };
}

describe.skipIf(!findPostgresBinaries())("under more load than the store takes", () => {
  const clusters: Cluster[] = [];
  const servers: Server[] = [];

  async function start(
    environment: Record<string, string> = {},
  ): Promise<{ cluster: Cluster; server: Server }> {
    const cluster = await makeCluster();
    clusters.push(cluster);
    const server = await startServer({
      DATABASE_URL: cluster.url,
      TIDEMARK_BOOTSTRAP_KEY: KEY,
      ...environment,
    });
    servers.push(server);
    return { cluster, server };
  }

  afterEach(async () => {
    for (const server of servers.splice(0)) await end(server.child, "SIGTERM");
    for (const cluster of clusters.splice(0)) await cluster.remove();
  });

  it("refuses with a time to wait, loses nothing it took, keeps its memory, lets a stream through, and recovers", {
    timeout: 900_000,
  }, async () => {
    const { cluster, server } = await start({ TIDEMARK_MAX_QUEUED_ROWS: String(MOST_QUEUED) });
    expect((await send(server.url, rowsFrom(0, 200))).status).toBe(200);
    const baselineRss = await server.rssBytes();
    const memory = watchMemory(server);
    const acknowledged = new Set<string>();
    const statuses = new Map<number, number>();
    const waits: number[] = [];
    let next = 10_000_000;
    let stopped = false;

    // Impatient on purpose: a client that heeds Retry-After would let the store catch up.
    const client = async () => {
      while (!stopped) {
        const rows = rowsFrom(next, ROWS_PER_BATCH);
        next += rows.length;
        const answer = await send(server.url, rows);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status === 200) {
          expect(JSON.parse(answer.text)).toEqual({ accepted: rows.length, duplicates: 0, rejected: [] });
          for (const row of rows) acknowledged.add(row.id);
        } else if (answer.status === 429) {
          expect(expectRefusal(answer, 429)).toMatch(
            /\d+ rows are waiting for the store; send .* again later/,
          );
          waits.push(Number(answer.headers["retry-after"]));
        }
      }
    };
    const storm = Promise.all(Array.from({ length: CLIENTS }, client));
    const stream = sendStream(server, STREAM_ROWS);
    await sleep(STORM_MS);
    stopped = true;
    await storm;
    const calm = performance.now();
    while ((await send(server.url, rowsFrom(next, 200))).status !== 200) await sleep(100);
    const recoveredMs = performance.now() - calm;
    const { answer: streamed } = await stream;
    const rss = await memory.stop();

    const shown = Object.fromEntries(statuses);
    console.log(
      `by status ${JSON.stringify(shown)}; Retry-After ${Math.min(...waits)} to ${Math.max(...waits)} s; resident ${Math.round(baselineRss / MEGABYTE)} MiB before, ${Math.round(rss / MEGABYTE)} MiB at most; recovered in ${Math.round(recoveredMs)} ms; ${STREAM_ROWS} rows streamed in ${Math.round(streamed.ms)} ms`,
    );
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
    expect(statuses.get(200) ?? 0, "it goes on storing").toBeGreaterThan(5);
    expect(statuses.get(429) ?? 0, "it was overloaded").toBeGreaterThan(5);
    expect(waits.every((wait) => Number.isInteger(wait) && wait >= 1 && wait <= 60)).toBe(true);
    expect(rss).toBeLessThan(baselineRss + 512 * MEGABYTE);
    expect(recoveredMs).toBeLessThan(10_000);
    expect(streamed.status, streamed.text.slice(0, 300)).toBe(200);
    expect(PredictionReceipt.parse(JSON.parse(streamed.text))).toEqual({
      accepted: STREAM_ROWS,
      duplicates: 0,
      rejected: [],
    });

    await end(server.child, "SIGTERM");
    const held = await auditStore({ databaseUrl: cluster.url, dataDir: "" }, "m");
    expect(lost(acknowledged, held)).toEqual([]);
    expectConsistent(held);
    const whole = await auditStore({ databaseUrl: cluster.url, dataDir: "" }, "streamed");
    expect(whole.rows).toBe(STREAM_ROWS);
    expectConsistent(whole);
  });

  /** Rows as NDJSON under a model of their own, made while they are sent. */
  async function sendStream(server: Server, rows: number): Promise<{ answer: Answer }> {
    async function* lines(): AsyncGenerator<Buffer> {
      for (let from = 0; from < rows; from += 500) {
        const text = rowsFrom(from, Math.min(500, rows - from))
          .map((row) => `${JSON.stringify(row)}\n`)
          .join("");
        yield Buffer.from(text);
      }
    }
    for (;;) {
      const answer = await exchange(server.url, {
        method: "POST",
        path: "/api/v1/predictions?model=streamed&version=1",
        headers: { ...AUTH, "content-type": "application/x-ndjson" },
        body: lines(),
        timeoutMs: 800_000,
      });
      // It may be refused at the door, as anybody. Were it refused later, its rows would be duplicates the next time.
      if (answer.status !== 429) return { answer };
      await sleep(200);
    }
  }

  it("says so in words while the store is gone, and goes on by itself when it is back", {
    timeout: 300_000,
  }, async () => {
    const { cluster, server } = await start();
    const rows = rowsFrom(0, 200);
    expect((await send(server.url, rows)).status).toBe(200);
    const pages = [
      "/api/v1/models",
      "/api/v1/models/m",
      "/api/v1/models/m/versions/1/drift",
      "/api/v1/models/m/versions/1/performance",
      "/api/v1/models/m/versions/1/predictions",
    ];
    const read = (path: string) => exchange(server.url, { path, headers: AUTH, timeoutMs: 30_000 });
    for (const path of pages) expect((await read(path)).status, path).toBe(200);

    await cluster.stop("fast");
    const health = await read("/health");
    expect(health.ms).toBeLessThan(3_000);
    expect(expectRefusal(health, 503)).toMatch(/store/);
    for (const path of pages) {
      const answer = await read(path);
      expect(expectRefusal(answer, 503), path).toMatch(
        /store cannot be reached .* send it again|store did not answer/,
      );
      expect(JSON.parse(answer.text).error.code).toBe("store_unavailable");
    }
    // A scrape that fails would hide from Prometheus what is wrong.
    const metrics = await read("/metrics");
    expect(metrics.status).toBe(200);
    expect(metrics.text).toMatch(/^tidemark_store_up 0$/m);
    const refused = await send(server.url, rowsFrom(200, 200));
    expect(expectRefusal(refused, 503)).toMatch(/nothing of this request was acknowledged: send it again/);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);

    await cluster.start();
    const back = performance.now();
    while ((await read("/health")).status !== 200) {
      expect(performance.now() - back, "healthy again soon").toBeLessThan(30_000);
      await sleep(100);
    }
    console.log(
      `told of it in ${Math.round(health.ms)} ms; healthy ${Math.round(performance.now() - back)} ms after the start`,
    );
    for (const path of pages) expect((await read(path)).status, path).toBe(200);
    expect(JSON.parse((await send(server.url, rows)).text)).toMatchObject({ accepted: 0, duplicates: 200 });
    expect(JSON.parse((await send(server.url, rowsFrom(200, 200))).text)).toMatchObject({ accepted: 200 });
    expect((await read("/metrics")).text).toMatch(/^tidemark_store_up 1$/m);
    expect(server.child.exitCode).toBeNull();
    const held = await auditStore({ databaseUrl: cluster.url, dataDir: "" }, "m");
    expect(held.rows).toBe(400);
    expectConsistent(held);
  });
});
