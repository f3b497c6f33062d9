import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findPostgresBinaries } from "@/lib/db/postgres-binaries.mjs";
import { auditStore, expectConsistent, type Holdings, lost } from "./audit";
import { type Cluster, makeCluster } from "./cluster";
import { type Ledger, runLoad } from "./load";
import { end, freePort, startServer } from "./process";

/** The short version runs in `npm test`, the long one by `npm run test:faults`. */
const LONG = process.env.TIDEMARK_FAULTS === "long";
const ROUNDS = LONG ? 3 : 2;
const ROUND_MS = LONG ? 8000 : 2500;
const KEY = "faults-bootstrap-key-0123456789";
const LOAD = { key: KEY, model: "m", clients: 6, rowsPerBatch: 200 };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function expectKept(ledger: Ledger, held: Holdings): void {
  expect(ledger.surprises).toEqual([]);
  expect(ledger.acknowledged.size).toBeGreaterThan(1000);
  expect(lost(ledger.acknowledged, held), "acknowledged rows that are gone").toEqual([]);
  expectConsistent(held);
}

/** Kills and restarts the server under load; clients retry until they are answered. */
async function killUnderLoad(environment: Record<string, string>): Promise<Ledger> {
  const port = String(await freePort());
  const start = () => startServer({ ...environment, PORT: port, TIDEMARK_BOOTSTRAP_KEY: KEY });
  let server = await start();
  let stopped = false;
  const load = runLoad(server.url, { ...LOAD, stop: () => stopped });
  for (let round = 0; round < ROUNDS; round++) {
    await sleep(ROUND_MS);
    await end(server.child, "SIGKILL");
    server = await start();
  }
  await sleep(ROUND_MS / 2);
  stopped = true;
  const ledger = await load;
  await end(server.child, "SIGTERM");
  return ledger;
}

describe.skipIf(!findPostgresBinaries())("on PostgreSQL", () => {
  async function withCluster<Result>(
    settings: Record<string, string>,
    use: (cluster: Cluster) => Promise<Result>,
  ): Promise<Result> {
    const cluster = await makeCluster(settings);
    try {
      return await use(cluster);
    } finally {
      await cluster.remove();
    }
  }

  /** Ends PostgreSQL at once under load, again and again, and starts it anew. */
  async function crashUnderLoad(cluster: Cluster, { twice = false } = {}): Promise<Ledger> {
    const server = await startServer({ DATABASE_URL: cluster.url, TIDEMARK_BOOTSTRAP_KEY: KEY });
    try {
      let stopped = false;
      const load = runLoad(server.url, { ...LOAD, twice, stop: () => stopped });
      for (let round = 0; round < ROUNDS; round++) {
        await sleep(ROUND_MS);
        await cluster.stop("immediate");
        await sleep(300);
        await cluster.start();
      }
      await sleep(ROUND_MS);
      stopped = true;
      const ledger = await load;
      expect(server.child.exitCode, `the process lives on: ${server.output()}`).toBeNull();
      return ledger;
    } finally {
      await end(server.child, "SIGTERM");
    }
  }

  it("keeps every acknowledged row, once, when the server is killed under load", async () => {
    await withCluster({}, async (cluster) => {
      const ledger = await killUnderLoad({ DATABASE_URL: cluster.url });
      expectKept(ledger, await auditStore({ databaseUrl: cluster.url, dataDir: "" }, "m"));
    });
  });

  it("lives on and keeps every acknowledged row when PostgreSQL is stopped at once under load", async () => {
    await withCluster({}, async (cluster) => {
      const ledger = await crashUnderLoad(cluster);
      expect(ledger.retries, "the faults were felt").toBeGreaterThan(0);
      expect(ledger.longestGapMs, "ingest resumes soon").toBeLessThan(15_000);
      expectKept(ledger, await auditStore({ databaseUrl: cluster.url, dataDir: "" }, "m"));
    });
  });

  it("stores a row once when every batch is sent twice across crashes", async () => {
    await withCluster({}, async (cluster) => {
      expectKept(
        await crashUnderLoad(cluster, { twice: true }),
        await auditStore({ databaseUrl: cluster.url, dataDir: "" }, "m"),
      );
    });
  });

  // The detector must be able to see a loss: without durable commits, rows that were acknowledged do go missing.
  it("sees the loss when commits are not durable", async () => {
    const missing = await withCluster(
      { synchronous_commit: "off", wal_writer_delay: "10s" },
      async (cluster) => {
        const ledger = await crashUnderLoad(cluster);
        return lost(ledger.acknowledged, await auditStore({ databaseUrl: cluster.url, dataDir: "" }, "m"))
          .length;
      },
    );
    expect(missing).toBeGreaterThan(0);
  });
});

describe("on the embedded store", () => {
  it("keeps every acknowledged row, once, when the server is killed under load", async () => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), "tidemark-embedded-"));
    try {
      const ledger = await killUnderLoad({ TIDEMARK_DATA_DIR: dataDir, DATABASE_URL: "" });
      expectKept(ledger, await auditStore({ databaseUrl: undefined, dataDir }, "m"));
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
