import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { type GrainSpan, moment, type Place } from "@/lib/summaries/store";
import { parseCounts } from "@/lib/summaries/stored";
import type { Span } from "@/lib/summaries/window";
import type { Bucket } from "@/lib/wire";

/** Traffic of one stored hour or day, or of the raw rows of an edge. */
export type TrafficPart = {
  startMs: number;
  n: number;
  errors: number;
  latencyN: number;
  latencySum: number;
  /** Counts over exponential buckets; of raw rows the values themselves. */
  latency: { counts: Map<number, number> } | { values: Float64Array };
};

/** Volume, failures and latency per stored bucket. */
export async function readStoredTraffic(
  db: Database,
  { modelId, versionId }: Place,
  spans: readonly GrainSpan[],
): Promise<TrafficPart[]> {
  const parts = await Promise.all(
    spans.map((span) =>
      rows<Omit<TrafficPart, "latency"> & { keys: string; counts: string }>(
        db,
        sql`SELECT (extract(epoch FROM start) * 1000)::float8 AS "startMs", n::float8 AS n, errors::float8 AS errors,
            latency_n::float8 AS "latencyN", latency_sum AS "latencySum", latency_keys::text AS keys,
            latency_counts::text AS counts
          FROM traffic_summary WHERE model_id = ${modelId} AND version_id = ${versionId}
            AND grain = ${span.grain}::smallint AND start >= ${moment(span.fromMs)} AND start < ${moment(span.toMs)}`,
      ),
    ),
  );
  return parts.flat().map(({ keys, counts, ...part }) => ({
    ...part,
    latency: { counts: parseCounts(keys, counts) },
  }));
}

/** The same of raw rows, for edges inside an hour. */
export async function readRawTraffic(
  db: Database,
  { modelId, versionId }: Place,
  spans: readonly Span[],
  bucket: Bucket,
): Promise<TrafficPart[]> {
  const parts = await Promise.all(
    spans.map((span) =>
      rows<Omit<TrafficPart, "latency"> & { bytes: Uint8Array | null }>(
        db,
        sql`SELECT (extract(epoch FROM date_trunc(${sql.raw(`'${bucket}'`)}, ts, 'UTC')) * 1000)::float8 AS "startMs",
            count(*)::float8 AS n, count(*) FILTER (WHERE prediction IS NULL)::float8 AS errors,
            count(latency_ms)::float8 AS "latencyN", coalesce(sum(latency_ms), 0) AS "latencySum",
            string_agg(float8send(latency_ms), '') AS bytes
          FROM prediction WHERE model_id = ${modelId} AND version_id = ${versionId}
            AND ts >= ${moment(span.fromMs)} AND ts < ${moment(span.toMs)}
          GROUP BY 1`,
      ),
    ),
  );
  return parts.flat().map(({ bytes, ...part }) => ({ ...part, latency: { values: decode(bytes) } }));
}

/** Big-endian doubles, as Postgres sends them. */
function decode(bytes: Uint8Array | null): Float64Array {
  const values = new Float64Array((bytes?.byteLength ?? 0) >> 3);
  if (!bytes) return values;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < values.length; i++) values[i] = view.getFloat64(i * 8);
  return values;
}
