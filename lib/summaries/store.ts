import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { PairedHistogram } from "./histogram";
import { packCounts } from "./stored";
import type { Grain } from "./summarise";
import type { Span } from "./window";

export type Place = { modelId: number; versionId: number };

export type TrafficRow = { grain: Grain; startMs: number; n: number; errors: number };
export type FeatureRow = { featureId: number; grain: Grain; startMs: number; histogram: PairedHistogram };

/** A row that is written anew gets another stamp. */
type Stamped<Row> = Row & { stamp: string };

/** Spans of whole hours or days, by grain. */
export type GrainSpan = Span & { grain: Grain };

const spanList = (spans: readonly GrainSpan[]): SQL =>
  sql`(VALUES ${sql.join(
    spans.map((span) => sql`(${span.grain}::smallint, ${moment(span.fromMs)}, ${moment(span.toMs)})`),
    sql`, `,
  )}) AS span (grain, from_at, to_at)`;

/** A timestamptz of epoch milliseconds. */
export const moment = (ms: number): SQL => sql`to_timestamp(${ms}::float8 / 1000)`;

/** Rows and failed predictions per stored bucket. */
export async function readTraffic(
  db: Database,
  { modelId, versionId }: Place,
  spans: readonly GrainSpan[],
): Promise<TrafficRow[]> {
  if (spans.length === 0) return [];
  return rows<TrafficRow>(
    db,
    sql`SELECT t.grain::int AS grain, (extract(epoch FROM t.start) * 1000)::float8 AS "startMs",
        t.n::float8 AS n, t.errors::float8 AS errors
      FROM ${spanList(spans)}
      JOIN traffic_summary t ON t.model_id = ${modelId} AND t.version_id = ${versionId} AND t.grain = span.grain
        AND t.start >= span.from_at AND t.start < span.to_at
      ORDER BY t.start, t.grain`,
  );
}

type WireRow = {
  /** null on a row of the traffic summary. */
  feature_id: number | null;
  grain: Grain;
  start_ms: number;
  stamp: string;
  n: number;
  errors: number;
  missing: number;
  sum: number;
  sum_squared: number;
  min: number | null;
  max: number | null;
  keys: string;
  counts: string;
};

const trafficOf = ({ modelId, versionId }: Place, spans: readonly GrainSpan[]): SQL =>
  sql`${spanList(spans)}
      JOIN traffic_summary t ON t.model_id = ${modelId} AND t.version_id = ${versionId} AND t.grain = span.grain
        AND t.start >= span.from_at AND t.start < span.to_at`;

const featuresOf = (
  { modelId, versionId, baselineId }: Place & { baselineId: number },
  spans: readonly GrainSpan[],
  featureIds: readonly number[],
): SQL =>
  sql`${spanList(spans)}
      JOIN feature_summary s ON s.model_id = ${modelId} AND s.version_id = ${versionId}
        AND s.baseline_id = ${baselineId} AND s.grain = span.grain
        AND s.start >= span.from_at AND s.start < span.to_at
        AND s.feature_id = ANY (${`{${featureIds.join(",")}}`}::text::int[])`;

/**
 * Rows and histograms of some columns per stored bucket, from one snapshot, so that they agree while rows arrive. A
 * bucket may have several rows of a column: they add up. Arrays travel as text: a tenth of what the driver takes.
 */
export async function readSummaries(
  db: Database,
  version: Place & { baselineId: number },
  spans: readonly GrainSpan[],
  featureIds: readonly number[],
): Promise<{ traffic: Stamped<TrafficRow>[]; features: Stamped<FeatureRow>[] }> {
  if (spans.length === 0) return { traffic: [], features: [] };
  const found = await rows<WireRow>(
    db,
    sql`SELECT NULL::int AS feature_id, t.grain::int AS grain, (extract(epoch FROM t.start) * 1000)::float8 AS start_ms,
        t.xmin::text AS stamp, t.n::float8 AS n, t.errors::float8 AS errors, 0::float8 AS missing, 0::float8 AS sum,
        0::float8 AS sum_squared, NULL::float8 AS min, NULL::float8 AS max, '{}' AS keys, '{}' AS counts
      FROM ${trafficOf(version, spans)}
      UNION ALL
      SELECT s.feature_id, s.grain::int, (extract(epoch FROM s.start) * 1000)::float8,
        hashtextextended(s.xmin::text, s.feature_id)::text, s.n::float8, 0, s.missing::float8, s.sum, s.sum_squared,
        s.min, s.max, s.keys::text, s.counts::text
      FROM ${featuresOf(version, spans, featureIds)}`,
  );
  const traffic: Stamped<TrafficRow>[] = [];
  const features: Stamped<FeatureRow>[] = [];
  for (const row of found) {
    const { grain, start_ms: startMs, stamp } = row;
    if (row.feature_id === null) traffic.push({ grain, startMs, stamp, n: row.n, errors: row.errors });
    else features.push({ featureId: row.feature_id, grain, startMs, stamp, histogram: toHistogram(row) });
  }
  return { traffic, features };
}

function toHistogram(row: WireRow): PairedHistogram {
  const { n, missing, sum, sum_squared: sumSquared, min, max, keys, counts } = row;
  return { n, missing, sum, sumSquared, min, max, ...packCounts(keys, counts) };
}

export type BucketStamp = {
  grain: Grain;
  startMs: number;
  /** Of the row of its traffic, or of the rows of its columns together. */
  stamp: string;
  of: "traffic" | "features";
};

/** Stamps of what readSummaries would read, a hundredth of its work. Those of a bucket's columns are added up. */
export async function readStamps(
  db: Database,
  version: Place & { baselineId: number },
  spans: readonly GrainSpan[],
  featureIds: readonly number[],
): Promise<BucketStamp[]> {
  if (spans.length === 0) return [];
  return rows<BucketStamp>(
    db,
    sql`SELECT 'traffic' AS "of", t.grain::int AS grain, (extract(epoch FROM t.start) * 1000)::float8 AS "startMs",
        t.xmin::text AS stamp
      FROM ${trafficOf(version, spans)}
      UNION ALL
      SELECT 'features', s.grain::int, (extract(epoch FROM s.start) * 1000)::float8,
        sum(hashtextextended(s.xmin::text, s.feature_id))::text
      FROM ${featuresOf(version, spans, featureIds)} GROUP BY s.grain, s.start`,
  );
}

/** Days before this one still wait for their summaries in the current baseline's bins; null = none do. */
export async function readRebuildMark(
  db: Database,
  { modelId, versionId, baselineId }: Place & { baselineId: number },
): Promise<number | null> {
  if (baselineId === 0) return null;
  const [row] = await rows<{ ms: number | null }>(
    db,
    sql`SELECT (extract(epoch FROM rebuild_before) * 1000)::float8 AS ms FROM baseline
      WHERE model_id = ${modelId} AND version_id = ${versionId} AND baseline_id = ${baselineId}`,
  );
  return row?.ms ?? null;
}

export type DataSpan = {
  /** Start of the first and end of the last hour with rows. */
  fromMs: number;
  toMs: number;
  /** When a row last arrived. */
  receivedMs: number;
};

/** From when to when a version has data, or null where it has none. */
export async function readDataSpan(db: Database, { modelId, versionId }: Place): Promise<DataSpan | null> {
  const [row] = await rows<{ first: number | null; last: number | null; received: number | null }>(
    db,
    sql`SELECT (extract(epoch FROM min(start)) * 1000)::float8 AS first,
        (extract(epoch FROM max(start) + interval '1 hour') * 1000)::float8 AS last,
        (SELECT extract(epoch FROM max(received_at)) * 1000 FROM traffic_summary
          WHERE model_id = ${modelId} AND version_id = ${versionId} AND grain = 24)::float8 AS received
      FROM traffic_summary WHERE model_id = ${modelId} AND version_id = ${versionId} AND grain = 1`,
  );
  if (row?.first == null || row.last == null) return null;
  return { fromMs: row.first, toMs: row.last, receivedMs: row.received ?? row.last };
}

/** The time of the newest prediction, where its raw row is still there; else the end of its hour. */
export async function readLastTime(
  db: Database,
  { modelId, versionId }: Place,
  data: DataSpan,
): Promise<number> {
  const [row] = await rows<{ ms: number | null }>(
    db,
    sql`SELECT (extract(epoch FROM max(ts)) * 1000)::float8 AS ms FROM prediction
      WHERE model_id = ${modelId} AND version_id = ${versionId} AND ts >= ${moment(data.toMs - 3_600_000)}`,
  );
  return row?.ms ?? data.toMs;
}
