import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { recordPredictions } from "@/lib/ingest/predictions";
import { makeGate, summaryState } from "@/lib/ingest/testing";
import { type BucketPlace, compactBucket, findScattered } from "./compact";
import { Compactor } from "./compactor";

const NOW = Date.UTC(2026, 2, 10);
const START = Date.UTC(2026, 2, 3, 5);

onEachStore("compacting summaries", (fresh) => {
  /** Batches of three rows of one hour: a number, a category, sometimes missing. */
  async function logged(batches: number) {
    const { db } = await fresh();
    const gate = makeGate(db);
    const write = (batch: number) =>
      recordPredictions(
        gate,
        {
          model: "m",
          version: "1",
          predictions: [0, 1, 2].map((i) => ({
            id: `${batch}-${i}`,
            timestamp: new Date(START + batch * 1000 + i).toISOString(),
            features: { size: i === 2 ? null : batch * (i - 0.5), kind: `k${batch % 4}` },
            prediction: batch % 3 === 0 ? "yes" : "no",
            score: (batch % 10) / 10,
          })),
        },
        { nowMs: NOW },
      );
    for (let batch = 0; batch < batches; batch++) await write(batch);
    const partsOf = async () => {
      const [row] = await rows<{ n: number }>(
        db,
        sql`SELECT count(DISTINCT part)::int AS n FROM feature_summary WHERE grain = 1`,
      );
      return row!.n;
    };
    return { db, write, partsOf };
  }

  test("many parts become one, and every count stays", async () => {
    const { db, partsOf } = await logged(7);
    const before = await summaryState(db);
    expect(await partsOf()).toBe(7);
    const scattered = await findScattered(db, { most: 1, limit: 10 });
    expect(scattered.map(({ grain }) => grain).sort()).toEqual([1, 24]);
    for (const bucket of scattered) expect(await compactBucket(db, bucket)).toBe(7);
    expect(await partsOf()).toBe(1);
    expect(await summaryState(db)).toEqual(before);
    expect(await findScattered(db, { most: 1, limit: 10 })).toEqual([]);
  });

  test("counts stay while rows arrive and several compact the same bucket", async () => {
    const { db, write } = await logged(5);
    const buckets = await findScattered(db, { most: 1, limit: 10 });
    const compact = async () => {
      for (let i = 0; i < 6; i++) for (const bucket of buckets) await compactBucket(db, bucket);
    };
    const writeMore = async (from: number) => {
      for (let batch = from; batch < from + 20; batch++) await write(batch);
    };
    await Promise.all([compact(), compact(), compact(), writeMore(5), writeMore(25)]);
    const [column] = await rows<{ n: number; missing: number; counted: number }>(
      db,
      sql`SELECT sum(n)::int AS n, sum(missing)::int AS missing,
          sum((SELECT sum(c) FROM unnest(counts) AS c))::int AS counted
        FROM feature_summary WHERE feature_id = 1 AND grain = 24`,
    );
    expect(column).toEqual({ n: 90, missing: 45, counted: 90 });
  });

  test("a bucket in many parts is compacted at once, others when they are quiet", async () => {
    const { db, partsOf } = await logged(3);
    let nowMs = 0;
    const compactor = new Compactor(db, () => nowMs);
    const [place] = await rows<Omit<BucketPlace, "grain" | "startMs">>(
      db,
      sql`SELECT model_id AS "modelId", version_id AS "versionId", 0 AS "baselineId" FROM model_version`,
    );
    const hour = { grain: 1 as const, startMs: START };
    for (let i = 0; i < 31; i++) compactor.note(place!, [hour]);
    await compactor.run();
    expect(await partsOf()).toBe(3);
    compactor.note(place!, [hour]);
    await compactor.run();
    expect(await partsOf()).toBe(1);
    await rows(
      db,
      sql`INSERT INTO feature_summary SELECT model_id, version_id, feature_id, baseline_id, grain, start, n, missing, sum,
        sum_squared, min, max, keys, counts, part + 1 FROM feature_summary WHERE grain = 1`,
    );
    compactor.note(place!, [hour]);
    nowMs += 9_999;
    await compactor.run();
    expect(await partsOf()).toBe(2);
    nowMs += 2;
    await compactor.run();
    expect(await partsOf()).toBe(1);
    await compactor.close();
  });
});
