import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { rows } from "@/lib/db/client";
import { onEachStore } from "@/lib/db/testing";
import { AT, baselineOf, logRows, makeRows } from "@/lib/drift/report.fixture";
import { summaryState } from "@/lib/ingest/testing";
import { putBaseline } from "./put";
import { pendingRebuilds, rebuildSummaries } from "./rebuild";
import { Rebuilder } from "./rebuilder";

onEachStore("re-counting for a new baseline", (fresh) => {
  const logged = makeRows(1600, { seed: 21, days: 5, shift: 1 });
  const baseline = () => baselineOf(makeRows(700, { seed: 22 }));

  /** Baseline first, then all rows: nothing to re-count. */
  async function expected(fresh: () => ReturnType<Parameters<Parameters<typeof onEachStore>[1]>[0]>) {
    const { db } = await fresh();
    await putBaseline(db, { ...AT, input: baseline() });
    await logRows(db, logged);
    return summaryState(db);
  }

  test("ends where a baseline that was there from the start would have led, rows arriving meanwhile", async () => {
    const { db } = await fresh();
    await logRows(db, logged.slice(0, 900));
    await putBaseline(db, { ...AT, input: baseline() });
    expect(await pendingRebuilds(db)).toEqual([AT]);
    await Promise.all([rebuildSummaries(db, AT), rebuildSummaries(db, AT), logRows(db, logged.slice(900))]);
    expect(await pendingRebuilds(db)).toEqual([]);
    const state = await summaryState(db);
    const wanted = await expected(fresh);
    expect(state.traffic).toEqual(wanted.traffic);
    // Columns and codes were met in another order; counts per column and bucket are the same.
    const essence = (features: unknown[]) =>
      (features as Record<string, unknown>[])
        .map(({ grain, start, n, missing, min, max }) => JSON.stringify([grain, start, n, missing, min, max]))
        .sort();
    expect(essence(state.features)).toEqual(essence(wanted.features));
    const left = await rows(db, sql`SELECT DISTINCT baseline_id FROM feature_summary`);
    expect(left).toEqual([{ baseline_id: 1 }]);
  });

  test("is taken up where it was stopped, and gives way to a newer baseline", async () => {
    const { db } = await fresh();
    await logRows(db, logged);
    await putBaseline(db, { ...AT, input: baseline() });
    const stop = new AbortController();
    const mark = async () =>
      (
        await rows<{ at: string }>(
          db,
          sql`SELECT rebuild_before::text AS at FROM baseline ORDER BY baseline_id DESC LIMIT 1`,
        )
      )[0]!.at;
    const begun = await mark();
    const running = rebuildSummaries(db, AT, { signal: stop.signal });
    for (let i = 0; i < 500 && (await mark()) === begun; i++)
      await new Promise((done) => setTimeout(done, 2));
    stop.abort();
    await running;
    await putBaseline(db, { ...AT, input: baseline() });
    const rebuilder = new Rebuilder(db);
    await rebuilder.resume();
    await rebuilder.idle();
    expect(await pendingRebuilds(db)).toEqual([]);
    const days = await rows<{ n: number }>(
      db,
      sql`SELECT sum(n + missing)::int AS n FROM feature_summary WHERE grain = 24 AND feature_id = 1`,
    );
    expect(days[0]!.n).toBe(logged.length);
    const kept = await rows(db, sql`SELECT DISTINCT baseline_id FROM baseline_column`);
    expect(kept).toEqual([{ baseline_id: 2 }]);
  });
});
