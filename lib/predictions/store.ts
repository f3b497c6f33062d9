import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { numbers, texts } from "@/lib/db/literal";
import { PREDICTION, SCORE } from "@/lib/models/store";
import type { BucketSummary, Histogram } from "@/lib/summaries/summarise";
import type { EncodedRow } from "./encode";

export type Target = { modelId: number; versionId: number; revision: number; baselineId: number };

/**
 * Stores rows and their summaries, all or nothing, in one statement.
 * @throws SQLSTATE TM001 when the version has changed since encoding, TM002 when some row is stored already.
 */
export async function insertPredictions(
  db: Database,
  target: Target,
  encoded: readonly EncodedRow[],
  summaries: readonly BucketSummary[],
): Promise<void> {
  await rows(
    db,
    sql`SELECT record_predictions(
    ${target.modelId}::int, ${target.versionId}::int, ${target.revision}::int, ${target.baselineId}::int,
    ${texts(encoded.map((row) => row.id))}::text::text[],
    ${numbers(encoded.map((row) => row.tsMs))}::text::int8[],
    ${numbers(encoded.map((row) => row.prediction))}::text::float8[],
    ${numbers(encoded.map((row) => row.score))}::text::float8[],
    ${texts(encoded.map((row) => row.scores && numbers(row.scores)))}::text::text[],
    ${numbers(encoded.map((row) => row.latencyMs))}::text::float8[],
    ${texts(encoded.map((row) => row.error))}::text::text[],
    ${texts(encoded.map((row) => numbers(row.features)))}::text::text[],
    ${summaryArguments(summaries)})`,
  );
}

/** The arguments of add_summaries, in its order: one array per field, one element per summary row. */
export function summaryArguments(summaries: readonly BucketSummary[]) {
  const columns = summaries.flatMap((bucket) => [
    ...bucket.columns.map((histogram, index) => ({ bucket, featureId: index + 1, histogram })),
    { bucket, featureId: PREDICTION, histogram: bucket.prediction },
    { bucket, featureId: SCORE, histogram: bucket.score },
  ]);
  // A version that never scores has no score summary; a feature that is always missing has one.
  const kept = columns.filter(({ histogram }) => histogram.n + histogram.missing > 0);
  const of = (value: (histogram: Histogram) => number | null) =>
    numbers(kept.map(({ histogram }) => value(histogram)));
  return sql`
    ${numbers(summaries.map((bucket) => bucket.grain))}::text::int2[],
    ${numbers(summaries.map((bucket) => bucket.startMs))}::text::int8[],
    ${numbers(summaries.map((bucket) => bucket.n))}::text::int8[],
    ${numbers(summaries.map((bucket) => bucket.errors))}::text::int8[],
    ${numbers(summaries.map((bucket) => bucket.latency.n))}::text::int8[],
    ${numbers(summaries.map((bucket) => bucket.latency.sum))}::text::float8[],
    ${texts(summaries.map((bucket) => keys(bucket.latency)))}::text::text[],
    ${texts(summaries.map((bucket) => counts(bucket.latency)))}::text::text[],
    ${numbers(kept.map(({ featureId }) => featureId))}::text::int4[],
    ${numbers(kept.map(({ bucket }) => bucket.grain))}::text::int2[],
    ${numbers(kept.map(({ bucket }) => bucket.startMs))}::text::int8[],
    ${of((histogram) => histogram.n)}::text::int8[],
    ${of((histogram) => histogram.missing)}::text::int8[],
    ${of((histogram) => histogram.sum)}::text::float8[],
    ${of((histogram) => histogram.sumSquared)}::text::float8[],
    ${of((histogram) => histogram.min)}::text::float8[],
    ${of((histogram) => histogram.max)}::text::float8[],
    ${texts(kept.map(({ histogram }) => keys(histogram)))}::text::text[],
    ${texts(kept.map(({ histogram }) => counts(histogram)))}::text::text[]`;
}

function keys(histogram: Histogram): string {
  return `{${[...histogram.counts.keys()].join(",")}}`;
}

function counts(histogram: Histogram): string {
  return `{${[...histogram.counts.values()].join(",")}}`;
}

/** Places among `encoded` of rows that are stored already. */
export async function findStored(
  db: Database,
  target: Pick<Target, "modelId" | "versionId">,
  encoded: readonly EncodedRow[],
): Promise<Set<number>> {
  const found = await rows<{ place: number }>(
    db,
    sql`SELECT r.place::int - 1 AS place
      FROM unnest(${texts(encoded.map((row) => row.id))}::text::text[],
        ${numbers(encoded.map((row) => row.tsMs))}::text::int8[]) WITH ORDINALITY AS r (id, ts_ms, place)
      WHERE EXISTS (SELECT 1 FROM prediction p WHERE p.model_id = ${target.modelId} AND p.prediction_id = r.id
        AND p.version_id = ${target.versionId}
        AND p.ts = 'epoch'::timestamptz + r.ts_ms * interval '1 millisecond')`,
  );
  return new Set(found.map((row) => row.place));
}

/** Makes the monthly partitions that rows of these times need. Months as "2026-03". */
export async function ensurePartitions(db: Database, months: readonly string[]): Promise<void> {
  await rows(db, sql`SELECT ensure_partitions(${texts(months.map((month) => `${month}-01`))}::text::date[])`);
}

/** Whether a version is still at the revision that rows were encoded against. */
export async function isCurrent(
  db: Database,
  { modelId, versionId, revision }: Pick<Target, "modelId" | "versionId" | "revision">,
): Promise<boolean> {
  const found = await rows(
    db,
    sql`SELECT 1 FROM model_version
      WHERE model_id = ${modelId} AND version_id = ${versionId} AND revision = ${revision}`,
  );
  return found.length > 0;
}
