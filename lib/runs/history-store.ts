import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { PointColumns, RunPoint } from "./schema";

/** The words of an array literal of numbers without NULLs: a hundred thousand of them in a few milliseconds. */
const wordsOf = (literal: string | null): string[] =>
  literal === null || literal.length <= 2 ? [] : literal.slice(1, -1).split(",");

/** Points behind a position, in the order of the primary key. */
export async function selectHistory(
  db: Database,
  {
    runId,
    key,
    position,
    limit,
  }: { runId: string; key: string; position: readonly string[] | null; limit: number },
): Promise<PointColumns> {
  const behind = position
    ? sql`AND ("timestamp", step, value) > (${position[0]}::text::int8, ${position[1]}::text::int8, ${position[2]}::text::float8)`
    : sql``;
  const [found] = await rows<{ timestamps: string | null; steps: string | null; values: string | null }>(
    db,
    sql`SELECT array_agg("timestamp")::text AS timestamps, array_agg(step)::text AS steps,
        array_agg(value)::text AS values
      FROM (SELECT "timestamp", step, value FROM metric_point
        WHERE run_id = ${runId}::text AND key = ${key}::text ${behind}
        ORDER BY "timestamp", step, value LIMIT ${limit}::int) AS points`,
  );
  return {
    timestamps: wordsOf(found!.timestamps),
    steps: wordsOf(found!.steps),
    values: wordsOf(found!.values),
  };
}

/** The steps at which any of the runs has a point of the metric, ascending and once each. */
export async function selectSteps(
  db: Database,
  {
    runIds,
    key,
    from,
    to,
  }: { runIds: readonly string[]; key: string; from: number | null; to: number | null },
): Promise<number[]> {
  const [found] = await rows<{ steps: string | null }>(
    db,
    sql`SELECT array_agg(step ORDER BY step)::text AS steps FROM (
        SELECT DISTINCT step FROM metric_point WHERE run_id = ANY (${texts(runIds)}::text::text[])
          AND key = ${key}::text AND (${from}::float8 IS NULL OR step >= ${from}::float8)
          AND (${to}::float8 IS NULL OR step <= ${to}::float8)) AS distinct_steps`,
  );
  return wordsOf(found!.steps).map(Number);
}

/** Points of some runs at some steps, and at the last step of any of the runs, between bounds; run by run as named. */
export async function selectPointsAt(
  db: Database,
  {
    runIds,
    key,
    steps,
    from,
    to,
    limit,
  }: {
    runIds: readonly string[];
    key: string;
    /** null = every step. */
    steps: readonly number[] | null;
    from: number | null;
    to: number | null;
    limit: number;
  },
): Promise<RunPoint[]> {
  const wanted = steps === null ? null : `{${steps.join(",")}}`;
  return rows(
    db,
    sql`SELECT p.run_id, p."timestamp"::float8 AS "timestamp", p.step::float8 AS step, p.value
      FROM metric_point p
      WHERE p.run_id = ANY (${texts(runIds)}::text::text[]) AND p.key = ${key}::text
        AND (${from}::float8 IS NULL OR p.step >= ${from}::float8)
        AND (${to}::float8 IS NULL OR p.step <= ${to}::float8)
        AND (${wanted}::text IS NULL OR p.step = ANY (${wanted}::text::int8[])
          OR p.step IN (SELECT max(l.step) FROM metric_point l
            WHERE l.run_id = ANY (${texts(runIds)}::text::text[]) AND l.key = ${key}::text
            AND (${from}::float8 IS NULL OR l.step >= ${from}::float8)
            AND (${to}::float8 IS NULL OR l.step <= ${to}::float8) GROUP BY l.run_id))
      ORDER BY array_position(${texts(runIds)}::text::text[], p.run_id), p.step, p."timestamp", p.value LIMIT ${limit}::int`,
  );
}
