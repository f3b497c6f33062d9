import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { VersionRecord } from "@/lib/models/store";
import { columnArguments } from "@/lib/summaries/arguments";
import { type Histogram, toPairs } from "@/lib/summaries/histogram";
import type { Place } from "@/lib/summaries/store";
import { DAY_MS, type Grain } from "@/lib/summaries/summarise";

type Version = Place & { baselineId: number };

/** One day's rows, counted per hour and for the day. */
export type DaySummary = {
  dayMs: number;
  buckets: { grain: Grain; startMs: number; columns: Map<number, Histogram> }[];
};

/** Start of the newest day that waits for its summaries, or null. */
export async function nextDay(db: Database, at: Version): Promise<number | null> {
  const [row] = await rows<{ ms: number }>(
    db,
    sql`SELECT (extract(epoch FROM p.ts) * 1000)::float8 AS ms
      FROM baseline b
      CROSS JOIN LATERAL (
        SELECT r.ts FROM prediction r
        WHERE r.model_id = b.model_id AND r.version_id = b.version_id AND r.ts < b.rebuild_before
          AND r.received_at <= b.created_at
        ORDER BY r.ts DESC LIMIT 1
      ) AS p
      WHERE b.model_id = ${at.modelId} AND b.version_id = ${at.versionId} AND b.baseline_id = ${at.baselineId}`,
  );
  return row ? Math.floor(row.ms / DAY_MS) * DAY_MS : null;
}

/** Adds a day's counts, once, unless the version's columns or its baseline have changed since they were made. */
export async function addDay(
  db: Database,
  { modelId, versionId, baselineId, revision }: VersionRecord,
  day: DaySummary,
): Promise<"done" | "changed" | "superseded"> {
  const counted = day.buckets.flatMap(({ grain, startMs, columns }) =>
    [...columns].map(([featureId, histogram]) => ({
      featureId,
      grain,
      startMs,
      histogram: toPairs(histogram),
    })),
  );
  const [row] = await rows<{ outcome: "done" | "changed" | "superseded" }>(
    db,
    sql`SELECT add_day(${modelId}::int, ${versionId}::int, ${baselineId}::int, ${revision}::int,
      ${day.dayMs}::int8, ${columnArguments(counted)}) AS outcome`,
  );
  return row!.outcome;
}

/** Ends the re-count when no day is left, and sweeps away what older baselines had. */
export async function finishRebuild(db: Database, at: Version): Promise<boolean> {
  const [row] = await rows<{ done: boolean }>(
    db,
    sql`SELECT finish_rebuild(${at.modelId}::int, ${at.versionId}::int, ${at.baselineId}::int) AS done`,
  );
  return row!.done;
}
