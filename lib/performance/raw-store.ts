import { type SQL, sql } from "drizzle-orm";
import { PREDICTION } from "@/lib/models/store";
import type { RawFilter } from "@/lib/summaries/raw";
import { moment, type Place } from "@/lib/summaries/store";
import type { Span } from "@/lib/summaries/window";
import type { Bucket } from "@/lib/wire";

/** The smallest probability whose logarithm is taken; as add_outcomes has it, and scikit-learn. */
const LEAST = sql.raw("2.220446049250313e-16");

/** The UTC bucket of a time, weeks from Monday. */
export const bucketOf = (bucket: Bucket, time: SQL): SQL =>
  sql`date_trunc(${sql.raw(`'${bucket}'`)}, ${time}, 'UTC')`;

/** The condition that a raw row p belongs to a segment. */
export function ofSegment(filter: RawFilter | null): SQL {
  if (!filter) return sql``;
  if (filter.featureId === PREDICTION) return sql` AND p.prediction = ${filter.code}::float8`;
  return sql` AND p.features[${sql.raw(String(Math.trunc(filter.featureId)))}] = ${filter.code}::float8`;
}

/**
 * What add_outcomes would store of raw rows, term for term, so that an edge inside an hour adds up with stored hours.
 */
export function rawPieces(
  at: Place,
  spans: readonly Span[],
  bucket: Bucket,
  filter: RawFilter | null,
): SQL[] {
  return spans.map((span) => rawPiece(at, span, bucket, filter));
}

function rawPiece({ modelId, versionId }: Place, span: Span, bucket: Bucket, filter: RawFilter | null): SQL {
  return sql`SELECT bucket, actual, predicted, sum(n) AS n, sum(scored) AS scored, sum(class_scored) AS class_scored,
      sum(sum_score) AS sum_score, sum(sum_score_squared) AS sum_score_squared, sum(sum_log_score) AS sum_log_score,
      sum(sum_log_complement) AS sum_log_complement, sum(sum_log_actual) AS sum_log_actual,
      sum(sum_absolute_error) AS sum_absolute_error, sum(sum_squared_error) AS sum_squared_error,
      sum(sum_label) AS sum_label, sum(sum_label_squared) AS sum_label_squared,
      coalesce(array_agg(key ORDER BY key) FILTER (WHERE key IS NOT NULL), '{}') AS score_keys,
      coalesce(array_agg(n ORDER BY key) FILTER (WHERE key IS NOT NULL), '{}') AS score_counts
    FROM (
      SELECT bucket, actual, predicted, score_bin(score) AS key, count(*) AS n, count(score) AS scored,
        count(label_score) AS class_scored,
        coalesce(sum(round(score::numeric, 15)), 0) AS sum_score,
        coalesce(sum(round((CASE WHEN score < 1e-100 THEN 0 ELSE score * score END)::numeric, 15)), 0)
          AS sum_score_squared,
        coalesce(sum(round(ln(greatest(score, ${LEAST}))::numeric, 13)) FILTER (WHERE score IS NOT NULL), 0)
          AS sum_log_score,
        coalesce(sum(round(ln(greatest(1 - score, ${LEAST}))::numeric, 13)) FILTER (WHERE score IS NOT NULL), 0)
          AS sum_log_complement,
        coalesce(sum(round(ln(greatest(label_score, ${LEAST}))::numeric, 13)) FILTER (WHERE label_score IS NOT NULL), 0)
          AS sum_log_actual,
        coalesce(sum(abs(error)), 0) AS sum_absolute_error,
        coalesce(sum(error * error), 0) AS sum_squared_error,
        coalesce(sum(label), 0) AS sum_label,
        coalesce(sum(label * label), 0) AS sum_label_squared
      FROM (
        SELECT ${bucketOf(bucket, sql`p.ts`)} AS bucket,
          CASE WHEN classes THEN l.label::integer ELSE 0 END AS actual,
          CASE WHEN classes THEN p.prediction::integer ELSE 0 END AS predicted,
          CASE WHEN classes THEN p.score END AS score,
          CASE WHEN classes THEN true_class_score(p.scores, l.label) END AS label_score,
          CASE WHEN NOT classes THEN (l.label::text)::numeric END AS label,
          CASE WHEN NOT classes THEN (p.prediction::text)::numeric - (l.label::text)::numeric END AS error
        FROM prediction p
        JOIN label l ON l.model_id = p.model_id AND l.prediction_id = p.prediction_id
        CROSS JOIN (SELECT task = 'classification' AS classes FROM model WHERE model_id = ${modelId}) AS task
        WHERE p.model_id = ${modelId} AND p.version_id = ${versionId}
          AND p.ts >= ${moment(span.fromMs)} AND p.ts < ${moment(span.toMs)}
          AND p.prediction IS NOT NULL AND l.label IS NOT NULL${ofSegment(filter)}
      ) AS pair GROUP BY 1, 2, 3, 4
    ) AS keyed GROUP BY 1, 2, 3`;
}
