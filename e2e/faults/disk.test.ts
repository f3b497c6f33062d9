import { execFileSync, spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, statfs, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findPostgresBinaries } from "@/lib/db/postgres-binaries.mjs";
import { auditStore, expectConsistent, lost } from "./audit";
import { makeCluster } from "./cluster";
import { exchange, expectRefusal } from "./exchange";
import { makeRow } from "./load";
import { end, startServer } from "./process";

const KEY = "faults-bootstrap-key-0123456789";
const DISK = "240m";
/** What is left to PostgreSQL: less than a segment of its log. */
const LEFT_BYTES = 12 * 1024 * 1024;
const ROWS_PER_BATCH = 1000;

/** A disk of its own takes a mount, which takes Linux and root. */
function mountSmall(folder: string): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return spawnSync("mount", ["-t", "tmpfs", "-o", `size=${DISK}`, "tmpfs", folder]).status === 0;
}

describe.skipIf(!findPostgresBinaries())("when the store's disk is full", () => {
  let folder: string;
  let mounted = false;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "tidemark-disk-"));
    mounted = mountSmall(folder);
    await chmod(folder, 0o755);
  });

  afterAll(async () => {
    if (mounted) execFileSync("umount", ["-l", folder]);
    await rm(folder, { recursive: true, force: true });
  });

  it("refuses with 503, loses nothing it took, and goes on when there is space again", async ({ skip }) => {
    if (!mounted) skip("a disk of its own cannot be mounted here");
    const cluster = await makeCluster({ min_wal_size: "32MB", max_wal_size: "32MB" }, folder);
    const server = await startServer({ DATABASE_URL: cluster.url, TIDEMARK_BOOTSTRAP_KEY: KEY });
    try {
      const acknowledged = new Set<string>();
      let next = 0;
      const ingest = async () => {
        const rows = Array.from({ length: ROWS_PER_BATCH }, (_, i) => makeRow(next + i));
        const answer = await exchange(server.url, {
          method: "POST",
          path: "/api/v1/predictions",
          headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
          body: JSON.stringify({ model: "m", version: "1", predictions: rows }),
        });
        if (answer.status === 200) {
          next += rows.length;
          for (const { id } of rows) acknowledged.add(id);
        }
        return answer;
      };
      for (let i = 0; i < 3; i++) expect((await ingest()).status).toBe(200);

      const ballast = path.join(folder, "ballast");
      const { bavail, bsize } = await statfs(folder);
      await writeFile(ballast, Buffer.alloc(Math.max(0, bavail * bsize - LEFT_BYTES), 1));
      const messages = new Set<string>();
      for (let refused = 0, sent = 0; refused < 10 && sent < 1000; sent++) {
        const answer = await ingest();
        if (answer.status === 200) continue;
        refused++;
        messages.add(expectRefusal(answer, 503));
        expect(Number(answer.headers["retry-after"])).toBeGreaterThanOrEqual(1);
      }
      console.log(`${acknowledged.size} rows were taken, then: ${[...messages].join(" | ")}`);
      expect(messages.size, "the disk was full").toBeGreaterThan(0);
      expect([...messages].join()).toMatch(/disk is full|store cannot be reached/);

      await rm(ballast);
      // PostgreSQL ends itself when there is no room for its log, and may be down by now.
      await cluster.start().catch(() => {});
      const began = performance.now();
      while ((await ingest()).status !== 200) {
        expect(performance.now() - began, "ingests again soon").toBeLessThan(30_000);
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      expect(server.child.exitCode).toBeNull();
      const held = await auditStore({ databaseUrl: cluster.url, dataDir: "" }, "m");
      expect(lost(acknowledged, held)).toEqual([]);
      expectConsistent(held);
    } finally {
      await end(server.child, "SIGTERM");
      await cluster.remove();
    }
  });
});
