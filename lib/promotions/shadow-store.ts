import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { asDouble } from "@/lib/performance/as-double";
import { moment, type Place } from "@/lib/summaries/store";
import type { Span } from "@/lib/summaries/window";

/** A shadow predicts the same request: the two times are those of one request, or of two clocks. */
const APART_MS = 3_600_000;
/** The champion answers more requests than those that are shadowed; of it so many times more are looked at. */
const CHAMPION_TIMES = 4;

export type SharedPredictions = {
  n: number;
  /** Of classes: predictions that differ. */
  differ: number;
  /** Of numbers: the mean of |challenger − champion|; null where none is shared, or it is beyond a double. */
  mean_difference: number | null;
};

/** The stretch that the newest predictions of a version within a span take, `most` of them at most; null without any. */
export async function readNewest(
  db: Database,
  { modelId, versionId }: Place,
  span: Span,
  most: number,
): Promise<{ fromMs: number; toMs: number; n: number } | null> {
  const [found] = await rows<{ from_ms: number | null; to_ms: number | null; n: number }>(
    db,
    sql`SELECT floor(extract(epoch FROM min(ts)) * 1000)::float8 AS from_ms,
        ceil(extract(epoch FROM max(ts)) * 1000)::float8 AS to_ms, count(*)::float8 AS n
      FROM (SELECT p.ts FROM prediction p
        WHERE p.model_id = ${modelId} AND p.version_id = ${versionId} AND p.prediction IS NOT NULL
          AND p.ts >= ${moment(span.fromMs)} AND p.ts < ${moment(span.toMs)}
        ORDER BY p.ts DESC LIMIT ${most}::int) AS newest`,
  );
  return found?.from_ms == null ? null : { fromMs: found.from_ms, toMs: found.to_ms!, n: found.n };
}

/**
 * What two versions of a model predicted for the same ids, over the newest predictions of the challenger. Of an id that
 * a version predicted twice, the later one counts. O(most log most); grouped, since a join of rows that have just come,
 * of which the planner knows nothing, takes the square of their number.
 */
export async function readShared(
  db: Database,
  { modelId, champion, challenger }: { modelId: number; champion: number; challenger: number },
  { fromMs, toMs }: Span,
  most: number,
): Promise<SharedPredictions> {
  const newest = (
    side: string,
    versionId: number,
    span: Span,
    limit: number,
  ) => sql`(SELECT ${side}::text AS side,
      p.prediction_id, p.prediction, p.ts FROM prediction p
    WHERE p.model_id = ${modelId} AND p.version_id = ${versionId} AND p.prediction IS NOT NULL
      AND p.ts >= ${moment(span.fromMs)} AND p.ts <= ${moment(span.toMs)} ORDER BY p.ts DESC LIMIT ${limit}::int)`;
  const [found] = await rows<SharedPredictions>(
    db,
    sql`SELECT count(*)::float8 AS n, count(*) FILTER (WHERE held <> asked)::float8 AS differ,
        ${sql.raw(asDouble("avg(abs(asked::numeric - held::numeric))"))} AS mean_difference
      FROM (
        SELECT (array_agg(prediction ORDER BY ts DESC) FILTER (WHERE side = 'asked'))[1] AS asked,
          (array_agg(prediction ORDER BY ts DESC) FILTER (WHERE side = 'held'))[1] AS held
        FROM (${newest("asked", challenger, { fromMs, toMs }, most)} UNION ALL
          ${newest("held", champion, { fromMs: fromMs - APART_MS, toMs: toMs + APART_MS }, CHAMPION_TIMES * most)}) AS looked
        GROUP BY prediction_id
      ) AS shared WHERE asked IS NOT NULL AND held IS NOT NULL`,
  );
  return found!;
}
