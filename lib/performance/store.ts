import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { parseIntegers } from "@/lib/db/literal";
import type { RawFilter } from "@/lib/summaries/raw";
import { type GrainSpan, moment, type Place } from "@/lib/summaries/store";
import type { Span } from "@/lib/summaries/window";
import type { Bucket } from "@/lib/wire";
import { asDouble } from "./as-double";
import type { OutcomeCell, Outcomes } from "./outcome";
import { bucketOf, ofSegment, rawPieces } from "./raw-store";

export type OutcomeRequest = {
  stored: readonly GrainSpan[];
  raw: readonly Span[];
  bucket: Bucket;
  filter: RawFilter | null;
};

type OutcomeRow = {
  bucket_ms: number | null;
  actual: number;
  predicted: number;
  n: number;
  scored: number;
  sum_score: number;
  sum_score_squared: number;
  sum_log_score: number;
  sum_log_complement: number;
  class_scored: number;
  sum_log_actual: number;
  sum_absolute_error: number;
  sum_squared_error: number;
  sum_label: number;
  label_spread: number;
  keys: string | null;
  counts: string | null;
};

const SUMS = [
  "sum_score",
  "sum_score_squared",
  "sum_log_score",
  "sum_log_complement",
  "sum_log_actual",
  "sum_absolute_error",
  "sum_squared_error",
  "sum_label",
] as const;

/**
 * Labelled predictions per bucket and in all, from whole days and hours as stored and from raw rows for the rest.
 * Everything is added as numeric, in the store, so that the same rows give the same digits whatever they are read from.
 */
export async function readOutcomes(
  db: Database,
  at: Place,
  request: OutcomeRequest,
): Promise<{ total: Outcomes; buckets: Map<number, Outcomes> }> {
  const pieces = [
    ...request.stored.map((span) => storedPiece(at, span, request.bucket)),
    ...rawPieces(at, request.raw, request.bucket, request.filter),
  ];
  const buckets = new Map<number, Outcomes>();
  const total: Outcomes = { cells: [], scores: [] };
  if (pieces.length === 0) return { total, buckets };
  const found = await rows<OutcomeRow>(
    db,
    sql`WITH piece AS (${sql.join(pieces, sql` UNION ALL `)}),
      bucketed AS (
        SELECT bucket, actual, predicted, ${added}, sum(sum_label_squared) AS sum_label_squared,
          string_agg(nullif(btrim(score_keys::text, '{}'), ''), ',') AS keys,
          string_agg(nullif(btrim(score_counts::text, '{}'), ''), ',') AS counts
        FROM piece GROUP BY 1, 2, 3
      )
      SELECT (extract(epoch FROM bucket) * 1000)::float8 AS bucket_ms, actual, predicted, ${shown}, keys, counts
      FROM bucketed
      UNION ALL
      SELECT NULL, actual, predicted, ${shown}, NULL, NULL
      FROM (SELECT actual, predicted, ${added}, sum(sum_label_squared) AS sum_label_squared
        FROM bucketed GROUP BY 1, 2) AS whole
      ORDER BY 1 NULLS FIRST, 2, 3`,
  );
  for (const row of found) {
    if (row.bucket_ms === null) {
      total.cells.push(toCell(row));
      continue;
    }
    let outcomes = buckets.get(row.bucket_ms);
    if (!outcomes) {
      outcomes = { cells: [], scores: [] };
      buckets.set(row.bucket_ms, outcomes);
    }
    outcomes.cells.push(toCell(row));
    if (row.keys && row.counts) {
      const score = {
        actual: row.actual,
        keys: parseIntegers(`{${row.keys}}`),
        counts: parseIntegers(`{${row.counts}}`),
      };
      outcomes.scores.push(score);
      total.scores.push(score);
    }
  }
  return { total, buckets };
}

/** Predictions and failures per bucket. */
export async function readTrafficBuckets(
  db: Database,
  { modelId, versionId }: Place,
  { stored, raw, bucket, filter }: OutcomeRequest,
): Promise<Map<number, { n: number; errors: number }>> {
  const pieces = [
    ...stored.map(
      (span) => sql`SELECT ${bucketOf(bucket, sql`start`)} AS bucket, n, errors FROM traffic_summary
        WHERE model_id = ${modelId} AND version_id = ${versionId} AND grain = ${span.grain}::smallint
          AND start >= ${moment(span.fromMs)} AND start < ${moment(span.toMs)}`,
    ),
    ...raw.map(
      (span) => sql`SELECT ${bucketOf(bucket, sql`p.ts`)} AS bucket, count(*) AS n,
          count(*) FILTER (WHERE p.prediction IS NULL) AS errors
        FROM prediction p WHERE p.model_id = ${modelId} AND p.version_id = ${versionId}
          AND p.ts >= ${moment(span.fromMs)} AND p.ts < ${moment(span.toMs)}${ofSegment(filter)} GROUP BY 1`,
    ),
  ];
  if (pieces.length === 0) return new Map();
  const found = await rows<{ ms: number; n: number; errors: number }>(
    db,
    sql`SELECT (extract(epoch FROM bucket) * 1000)::float8 AS ms, sum(n)::float8 AS n, sum(errors)::float8 AS errors
      FROM (${sql.join(pieces, sql` UNION ALL `)}) AS piece GROUP BY 1`,
  );
  return new Map(found.map(({ ms, n, errors }) => [ms, { n, errors }]));
}

function storedPiece({ modelId, versionId }: Place, span: GrainSpan, bucket: Bucket): SQL {
  return sql`SELECT ${bucketOf(bucket, sql`start`)} AS bucket, actual, predicted, n, scored, class_scored,
      ${sql.raw(SUMS.join(", "))}, sum_label_squared, score_keys, score_counts
    FROM performance_summary WHERE model_id = ${modelId} AND version_id = ${versionId}
      AND grain = ${span.grain}::smallint AND start >= ${moment(span.fromMs)} AND start < ${moment(span.toMs)}`;
}

const added = sql.raw(
  ["n", "scored", "class_scored", ...SUMS].map((name) => `sum(${name}) AS ${name}`).join(", "),
);

const shown = sql.raw(
  [
    ...["n", "scored", "class_scored"].map((name) => `${name}::float8 AS ${name}`),
    ...SUMS.map((name) => `${asDouble(name)} AS ${name}`),
    // Multiplied out before the one division, so that no digit cancels.
    `CASE WHEN n > 0 THEN ${asDouble("((n * sum_label_squared - sum_label * sum_label) / n)")} ELSE 0 END AS label_spread`,
  ].join(", "),
);

function toCell(row: OutcomeRow): OutcomeCell {
  return {
    actual: row.actual,
    predicted: row.predicted,
    n: row.n,
    scored: row.scored,
    sumScore: row.sum_score,
    sumScoreSquared: row.sum_score_squared,
    sumLogScore: row.sum_log_score,
    sumLogComplement: row.sum_log_complement,
    classScored: row.class_scored,
    sumLogActual: row.sum_log_actual,
    sumAbsoluteError: row.sum_absolute_error,
    sumSquaredError: row.sum_squared_error,
    sumLabel: row.sum_label,
    labelSpread: row.label_spread,
  };
}
