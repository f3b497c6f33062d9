import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { putBaseline } from "@/lib/baselines/put";
import { rebuildSummaries } from "@/lib/baselines/rebuild";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { AT, baselineOf, DAY, logRows, makeRows, START } from "@/lib/drift/report.fixture";
import { getVersion } from "@/lib/models/store";
import { readStored } from "./kept";
import { readSummaries } from "./store";

const SPANS = [{ grain: 24 as const, fromMs: START - 10 * DAY, toMs: START + 10 * DAY }];
const IDS = [1, 2, 3, 4, 5, 0, -1];

onEachStore("stored buckets that are kept", (fresh) => {
  test("are always what the store holds: after writes, a re-count and a row written anew", async () => {
    const { db } = await fresh();
    await logRows(db, makeRows(300, { seed: 1 }));
    const check = async () => {
      const record = await getVersion(db, AT.model, AT.version);
      const kept = await readStored(db, record, SPANS, IDS);
      const { traffic, features } = await readSummaries(db, record, SPANS, IDS);
      expect(kept.map(({ traffic }) => traffic)).toEqual(
        [...traffic].sort((a, b) => a.startMs - b.startMs).map(({ stamp, ...row }) => row),
      );
      const essence = (found: readonly { featureId: number; startMs: number; histogram: { n: number } }[]) =>
        found.map((row) => JSON.stringify([row.featureId, row.startMs, row.histogram])).sort();
      expect(essence(kept.flatMap((bucket) => bucket.features))).toEqual(
        essence(features.map(({ stamp, ...row }) => row)),
      );
      return kept;
    };
    await check();
    const before = await check();
    expect(await check()).toEqual(before);
    // Unchanged buckets are the very same objects: nothing was read again.
    expect((await check()).every((bucket, i) => bucket === before[i])).toBe(true);
    // A row of one day: that day alone is read again.
    await logRows(db, [
      { ...makeRows(1, { seed: 2 })[0]!, timestamp: new Date(START + DAY / 2).toISOString() },
    ]);
    const after = await check();
    expect(after.map((bucket, i) => bucket === before[i])).toEqual(
      before.map(({ startMs }) => startMs !== START),
    );
    await putBaseline(db, { ...AT, input: baselineOf(makeRows(200, { seed: 3 })) });
    await check();
    await rebuildSummaries(db, AT);
    await check();
    await rows(db, sql`UPDATE feature_summary SET missing = missing + 1 WHERE feature_id = 1 AND grain = 24`);
    await check();
    await rows(db, sql`DELETE FROM feature_summary WHERE feature_id = 2 AND grain = 24`);
    await check();
  });
});
