import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { Gate } from "./gate";

/** A gate for tests: two statements at once, so that concurrency is exercised. */
export function makeGate(db: Database): Gate {
  return new Gate(db, { mostRows: 1_000_000, concurrency: 2 });
}

/** Everything the summaries say, without order and without rows that have come to nothing. */
export async function summaryState(db: Database) {
  const traffic = await rows(
    db,
    sql`SELECT version_id, grain, start::text AS start, n::int AS n, errors::int AS errors FROM traffic_summary ORDER BY 1, 2, 3`,
  );
  const features = await rows(
    db,
    sql`SELECT version_id, feature_id, grain, start::text AS start, sum(n)::int AS n, sum(missing)::int AS missing,
        min(min) AS min, max(max) AS max,
        (SELECT json_agg(json_build_array(k, c) ORDER BY k) FROM (
          SELECT k, sum(c) AS c FROM feature_summary p, unnest(p.keys, p.counts) AS u (k, c)
          WHERE (p.model_id, p.version_id, p.baseline_id, p.grain, p.start, p.feature_id)
            = (s.model_id, s.version_id, s.baseline_id, s.grain, s.start, s.feature_id) GROUP BY k
        ) AS added) AS histogram
      FROM feature_summary s GROUP BY model_id, version_id, baseline_id, feature_id, grain, s.start ORDER BY 1, 2, 3, 4`,
  );
  return { traffic, features, performance: await performanceState(db) };
}

/** The performance summaries to the last digit. */
export async function performanceState(db: Database) {
  return rows(
    db,
    sql`SELECT version_id, grain, start::text AS start, actual, predicted, n::int AS n, scored::int AS scored,
        trim_scale(sum_score)::text AS sum_score, trim_scale(sum_score_squared)::text AS sum_score_squared,
        trim_scale(sum_log_score)::text AS sum_log_score, trim_scale(sum_log_complement)::text AS sum_log_complement,
        trim_scale(sum_log_actual)::text AS sum_log_actual,
        trim_scale(sum_absolute_error)::text AS sum_absolute_error, trim_scale(sum_squared_error)::text AS sum_squared_error,
        trim_scale(sum_label)::text AS sum_label, trim_scale(sum_label_squared)::text AS sum_label_squared,
        (SELECT json_agg(json_build_array(u.k, u.c) ORDER BY u.k) FROM unnest(score_keys, score_counts) AS u (k, c)) AS scores
      FROM performance_summary WHERE n <> 0 ORDER BY 1, 2, 3, 4, 5`,
  );
}
