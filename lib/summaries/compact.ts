import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { numbers } from "@/lib/db/literal";
import { columnArguments } from "./arguments";
import { addUp } from "./count-column";
import type { Moments, PairedHistogram } from "./histogram";
import { moment, type Place } from "./store";
import { packCounts } from "./stored";
import type { Grain } from "./summarise";

/** The columns' summaries of one hour or day, in the bins of one baseline. */
export type BucketPlace = Place & { baselineId: number; grain: Grain; startMs: number };

/** Parts have gone since they were read. */
const PARTS_GONE = "TM004";

type PartRow = Moments & { featureId: number; part: number; keys: string; amounts: string };

/**
 * Makes one part of all that writes have added to a bucket, so that reading it stays cheap. Counts stay the same to
 * every reader, at every moment.
 * @returns parts there were, or null when others changed them meanwhile and nothing was done
 */
export async function compactBucket(db: Database, at: BucketPlace): Promise<number | null> {
  const found = await rows<PartRow>(
    db,
    sql`SELECT feature_id AS "featureId", part::float8 AS part, n::float8 AS n, missing::float8 AS missing, sum,
        sum_squared AS "sumSquared", min, max, keys::text AS keys, counts::text AS amounts
      FROM feature_summary WHERE ${within(at)} ORDER BY part`,
  );
  const parts = new Set(found.map(({ part }) => part));
  if (parts.size < 2) return parts.size;
  const { modelId, versionId, baselineId, grain, startMs } = at;
  const columns = [...byColumn(found)].map(([featureId, histograms]) => ({
    featureId,
    grain,
    startMs,
    histogram: addUp(histograms),
  }));
  try {
    await rows(
      db,
      sql`SELECT replace_parts(${modelId}::int, ${versionId}::int, ${baselineId}::int, ${grain}::int2, ${startMs}::int8,
        ${numbers([...parts])}::text::int8[], ${found.length}::int8, ${columnArguments(columns)})`,
    );
  } catch (error) {
    if (sqlState(error) === PARTS_GONE) return null;
    throw error;
  }
  return parts.size;
}

/** Buckets in more parts than `most`, whoever left them. Reads the whole index: for a quiet hour. */
export async function findScattered(db: Database, { most, limit }: { most: number; limit: number }) {
  return rows<BucketPlace>(
    db,
    sql`SELECT model_id AS "modelId", version_id AS "versionId", baseline_id AS "baselineId", grain::int AS grain,
        (extract(epoch FROM start) * 1000)::float8 AS "startMs"
      FROM feature_summary GROUP BY model_id, version_id, baseline_id, grain, start
      HAVING count(DISTINCT part) > ${most} LIMIT ${limit}`,
  );
}

function within({ modelId, versionId, baselineId, grain, startMs }: BucketPlace): SQL {
  return sql`model_id = ${modelId} AND version_id = ${versionId} AND baseline_id = ${baselineId}
    AND grain = ${grain} AND start = ${moment(startMs)}`;
}

function byColumn(parts: readonly PartRow[]): Map<number, PairedHistogram[]> {
  const columns = new Map<number, PairedHistogram[]>();
  for (const { featureId, part: _, keys, amounts, ...moments } of parts) {
    const histogram = { ...moments, ...packCounts(keys, amounts) };
    const others = columns.get(featureId);
    if (others) others.push(histogram);
    else columns.set(featureId, [histogram]);
  }
  return columns;
}
