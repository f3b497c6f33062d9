import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { openStore, rows, type Store } from "@/lib/db/client";

/** What the store holds after a fault, counted from the raw rows and from each summary. */
export type Holdings = {
  ids: Set<string>;
  rows: number;
  trafficHours: number;
  trafficDays: number;
  /** Columns whose n + missing is not the number of rows. */
  brokenColumns: string[];
  /** Columns whose histogram does not add up to n. */
  brokenHistograms: number;
  /** Predictions that have a label, and what the performance summaries make of their number. */
  labelled: number;
  performanceHours: number;
  performanceDays: number;
};

/** Opens the store that a stopped server used and counts. */
export async function auditStore(
  where: { databaseUrl: string | undefined; dataDir: string },
  model: string,
): Promise<Holdings> {
  const store = await openStore({ ...where, poolSize: 2 });
  try {
    return await count(store, model);
  } finally {
    await store.close();
  }
}

async function count({ db }: Store, model: string): Promise<Holdings> {
  const of = sql`(SELECT model_id FROM model WHERE name = ${model})`;
  const ids = await rows<{ id: string }>(
    db,
    sql`SELECT prediction_id AS id FROM prediction WHERE model_id = ${of}`,
  );
  const [traffic] = await rows<{ hours: number; days: number }>(
    db,
    sql`SELECT coalesce(sum(n) FILTER (WHERE grain = 1), 0)::float8 AS hours,
      coalesce(sum(n) FILTER (WHERE grain = 24), 0)::float8 AS days FROM traffic_summary WHERE model_id = ${of}`,
  );
  const columns = await rows<{ feature_id: number; grain: number; total: number }>(
    db,
    sql`SELECT feature_id, grain, sum(n + missing)::float8 AS total FROM feature_summary
      WHERE model_id = ${of} GROUP BY 1, 2`,
  );
  const [histograms] = await rows<{ broken: number }>(
    db,
    sql`SELECT count(*)::int AS broken FROM feature_summary s WHERE model_id = ${of}
      AND n <> (SELECT coalesce(sum(c), 0) FROM unnest(s.counts) AS c)`,
  );
  const [labels] = await rows<{ labelled: number }>(
    db,
    sql`SELECT count(*)::float8 AS labelled FROM prediction p JOIN label l USING (model_id, prediction_id)
      WHERE p.model_id = ${of} AND p.prediction IS NOT NULL AND l.label IS NOT NULL`,
  );
  const [performance] = await rows<{ hours: number; days: number }>(
    db,
    sql`SELECT coalesce(sum(n) FILTER (WHERE grain = 1), 0)::float8 AS hours,
      coalesce(sum(n) FILTER (WHERE grain = 24), 0)::float8 AS days FROM performance_summary WHERE model_id = ${of}`,
  );
  return {
    ids: new Set(ids.map((row) => row.id)),
    rows: ids.length,
    trafficHours: traffic!.hours,
    trafficDays: traffic!.days,
    brokenColumns: columns
      .filter((column) => column.total !== ids.length)
      .map((column) => `${column.feature_id}/${column.grain} h: ${column.total}`),
    brokenHistograms: histograms!.broken,
    labelled: labels!.labelled,
    performanceHours: performance!.hours,
    performanceDays: performance!.days,
  };
}

/** Holds that each row is stored once and that every summary says what the rows say. */
export function expectConsistent(held: Holdings): void {
  expect(held.ids.size, "an id is stored once").toBe(held.rows);
  expect(held.trafficHours, "hourly counts equal raw rows").toBe(held.rows);
  expect(held.trafficDays, "daily counts equal raw rows").toBe(held.rows);
  expect(held.brokenColumns, "each column is counted once a row").toEqual([]);
  expect(held.brokenHistograms, "histograms add up to n").toBe(0);
  expect(held.performanceHours, "hourly outcomes equal labelled rows").toBe(held.labelled);
  expect(held.performanceDays, "daily outcomes equal labelled rows").toBe(held.labelled);
}

/** Acknowledged ids that the store does not hold. */
export function lost(acknowledged: ReadonlySet<string>, held: Holdings): string[] {
  return [...acknowledged].filter((id) => !held.ids.has(id));
}
