import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { moment, type Place } from "@/lib/summaries/store";
import type { Bucket } from "@/lib/wire";
import { asDouble } from "./as-double";
import type { RecentOutcomes } from "./concept";
import { bucketOf } from "./raw-store";
import type { Labelled } from "./ripeness";

/** How much of the newest data says what coverage labels reach: long enough for labels that take weeks. */
const HISTORY: Record<Bucket, string> = { hour: "14 days", day: "60 days", week: "364 days" };

/** Coverage per bucket over the newest stretch of a version's data. */
export async function readLabelHistory(
  db: Database,
  { modelId, versionId }: Place,
  bucket: Bucket,
): Promise<Labelled[]> {
  const grain = bucket === "hour" ? 1 : 24;
  const span = sql`model_id = ${modelId} AND version_id = ${versionId} AND grain = ${grain}::smallint
    AND start > (SELECT max(start) - interval '${sql.raw(HISTORY[bucket])}' FROM traffic_summary
      WHERE model_id = ${modelId} AND version_id = ${versionId} AND grain = ${grain}::smallint)`;
  return rows<Labelled>(
    db,
    sql`SELECT (extract(epoch FROM bucket) * 1000)::float8 AS "startMs", sum(answered)::float8 AS answered,
        sum(labelled)::float8 AS labelled
      FROM (
        SELECT ${bucketOf(bucket, sql`start`)} AS bucket, n - errors AS answered, 0 AS labelled
        FROM traffic_summary WHERE ${span}
        UNION ALL SELECT ${bucketOf(bucket, sql`start`)}, 0, n FROM performance_summary WHERE ${span}
      ) AS hour GROUP BY 1`,
  );
}

/** Hours fetched at once: a month and a half. */
const PAGE_HOURS = 1000;
/** Ten years; a version with fewer labels than the detector wants by then will not get there. */
const MOST_PAGES = 90;

type HourRow = { start_ms: number; n: number; hits: number; absolute_error: number };

/** The newest labelled predictions before a moment, hour by whole hour backwards, until there are enough. */
export async function readRecentOutcomes(
  db: Database,
  { modelId, versionId }: Place,
  { beforeMs, enough, measure }: { beforeMs: number; enough: number; measure: "accuracy" | "mae" },
): Promise<RecentOutcomes> {
  let labelled = 0;
  let sum = 0;
  let before = beforeMs;
  for (let page = 0; page < MOST_PAGES && labelled < enough; page++) {
    const hours = await rows<HourRow>(
      db,
      sql`SELECT (extract(epoch FROM start) * 1000)::float8 AS start_ms, sum(n)::float8 AS n,
          coalesce(sum(n) FILTER (WHERE actual = predicted), 0)::float8 AS hits,
          ${sql.raw(asDouble("sum(sum_absolute_error)"))} AS absolute_error
        FROM performance_summary WHERE model_id = ${modelId} AND version_id = ${versionId} AND grain = 1
          AND start < ${moment(before)}
        GROUP BY start ORDER BY start DESC LIMIT ${PAGE_HOURS}`,
    );
    for (const hour of hours) {
      if (labelled >= enough) break;
      labelled += hour.n;
      sum += measure === "accuracy" ? hour.hits : hour.absolute_error;
    }
    if (hours.length < PAGE_HOURS) break;
    before = hours.at(-1)!.start_ms;
  }
  return { labelled, mean: labelled > 0 ? sum / labelled : null };
}
