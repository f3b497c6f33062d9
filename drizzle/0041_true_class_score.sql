-- What a prediction gave to the class that came true. Of many classes a client may log only the likeliest: the others then
-- had next to nothing, and to leave such a row out would praise a model for its worst misses. NULL without scores.
CREATE FUNCTION true_class_score(p_scores double precision[], p_label double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_scores IS NOT NULL THEN coalesce(p_scores[p_label::integer], 0) END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION add_outcomes(p_model integer, p_outcomes outcome[]) RETURNS void LANGUAGE sql AS $$
  WITH task AS (
    SELECT task = 'classification' AS classes FROM model WHERE model_id = p_model
  ), pair AS (
    SELECT o.version_id, g.grain, date_trunc(g.unit, o.ts, 'UTC') AS start, o.sign,
      CASE WHEN classes THEN o.label::integer ELSE 0 END AS actual,
      CASE WHEN classes THEN o.prediction::integer ELSE 0 END AS predicted,
      CASE WHEN classes THEN o.score END AS score,
      CASE WHEN classes THEN o.label_score END AS label_score,
      CASE WHEN NOT classes THEN (o.label::text)::numeric END AS label,
      CASE WHEN NOT classes THEN (o.prediction::text)::numeric - (o.label::text)::numeric END AS error
    FROM unnest(p_outcomes) AS o, task, (VALUES (1::smallint, 'hour'), (24::smallint, 'day')) AS g (grain, unit)
  ), bin AS (
    SELECT version_id, grain, start, actual, predicted,
      array_agg(key ORDER BY key) AS keys, array_agg(count ORDER BY key) AS counts
    FROM (
      SELECT version_id, grain, start, actual, predicted, score_bin(score) AS key, sum(sign)::bigint AS count
      FROM pair WHERE score IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(sign) <> 0
    ) AS counted GROUP BY 1, 2, 3, 4, 5
  ), total AS (
    SELECT version_id, grain, start, actual, predicted,
      sum(sign)::bigint AS n,
      coalesce(sum(sign) FILTER (WHERE score IS NOT NULL), 0)::bigint AS scored,
      coalesce(sum(sign * round(score::numeric, 15)), 0) AS sum_score,
      -- PostgreSQL refuses a product too small for a double: a sigmoid's 1e-200 would refuse its label for good.
      coalesce(sum(sign * round((CASE WHEN score < 1e-100 THEN 0 ELSE score * score END)::numeric, 15)), 0)
        AS sum_score_squared,
      -- greatest() passes over NULL, so without the filter a row without a score would cost as much as a sure miss.
      coalesce(sum(sign * round(ln(greatest(score, 2.220446049250313e-16))::numeric, 13)) FILTER (WHERE score IS NOT NULL), 0)
        AS sum_log_score,
      coalesce(sum(sign * round(ln(greatest(1 - score, 2.220446049250313e-16))::numeric, 13)) FILTER (WHERE score IS NOT NULL), 0)
        AS sum_log_complement,
      coalesce(sum(sign) FILTER (WHERE label_score IS NOT NULL), 0)::bigint AS class_scored,
      coalesce(sum(sign * round(ln(greatest(label_score, 2.220446049250313e-16))::numeric, 13)) FILTER (WHERE label_score IS NOT NULL), 0)
        AS sum_log_actual,
      coalesce(sum(sign * abs(error)), 0) AS sum_absolute_error,
      coalesce(sum(sign * error * error), 0) AS sum_squared_error,
      coalesce(sum(sign * label), 0) AS sum_label,
      coalesce(sum(sign * label * label), 0) AS sum_label_squared
    FROM pair GROUP BY 1, 2, 3, 4, 5
  )
  INSERT INTO performance_summary AS s (
    model_id, version_id, grain, start, actual, predicted, n, scored, sum_score, sum_score_squared, sum_log_score,
    sum_log_complement, class_scored, sum_log_actual, score_keys, score_counts,
    sum_absolute_error, sum_squared_error, sum_label, sum_label_squared
  )
  SELECT p_model, version_id, grain, start, actual, predicted, n, scored, sum_score, sum_score_squared, sum_log_score,
    sum_log_complement, class_scored, sum_log_actual, coalesce(keys, '{}'), coalesce(counts, '{}'),
    sum_absolute_error, sum_squared_error, sum_label, sum_label_squared
  FROM total LEFT JOIN bin USING (version_id, grain, start, actual, predicted)
  ORDER BY version_id, grain, start, actual, predicted
  ON CONFLICT (model_id, version_id, grain, start, actual, predicted) DO UPDATE SET
    n = s.n + excluded.n,
    scored = s.scored + excluded.scored,
    sum_score = s.sum_score + excluded.sum_score,
    sum_score_squared = s.sum_score_squared + excluded.sum_score_squared,
    sum_log_score = s.sum_log_score + excluded.sum_log_score,
    sum_log_complement = s.sum_log_complement + excluded.sum_log_complement,
    class_scored = s.class_scored + excluded.class_scored,
    sum_log_actual = s.sum_log_actual + excluded.sum_log_actual,
    sum_absolute_error = s.sum_absolute_error + excluded.sum_absolute_error,
    sum_squared_error = s.sum_squared_error + excluded.sum_squared_error,
    sum_label = s.sum_label + excluded.sum_label,
    sum_label_squared = s.sum_label_squared + excluded.sum_label_squared,
    (score_keys, score_counts) = (
      SELECT coalesce(array_agg(key), '{}'), coalesce(array_agg(count), '{}')
      FROM (
        SELECT key, sum(count::float8)::bigint AS count
        FROM unnest(s.score_keys || excluded.score_keys, s.score_counts || excluded.score_counts) AS u (key, count) GROUP BY key HAVING sum(count::float8) <> 0
      ) AS merged
    )
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION settle_labels(p_model integer, p_version integer, p_id text[], p_ts_ms bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  waiting text[];
BEGIN
  SELECT array_agg(prediction_id) INTO waiting FROM label
    WHERE model_id = p_model AND prediction_id = ANY (p_id) AND label IS NOT NULL;
  IF waiting IS NULL THEN
    RETURN;
  END IF;
  PERFORM add_outcomes(p_model, array_agg(ROW(p.version_id, p.ts, 1, p.prediction, l.label, p.score,
      true_class_score(p.scores, l.label))::outcome))
    FROM unnest(p_id, p_ts_ms) AS r (id, ts_ms)
    JOIN label l ON l.model_id = p_model AND l.prediction_id = r.id
    JOIN prediction p ON p.model_id = p_model AND p.prediction_id = r.id AND p.version_id = p_version
      AND p.ts = 'epoch'::timestamptz + r.ts_ms * interval '1 millisecond'
    WHERE r.id = ANY (waiting) AND p.prediction IS NOT NULL
    HAVING count(*) > 0;
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION record_labels(p_model integer, p_id text[], p_label double precision[], p_text text[], p_ts_ms bigint[])
RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  changes outcome[];
BEGIN
  PERFORM 1 FROM model WHERE model_id = p_model FOR NO KEY UPDATE;
  IF array_position(p_label, NULL) IS NOT NULL AND EXISTS (
    SELECT 1 FROM model WHERE model_id = p_model AND task IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'the task of the model is known by now' USING ERRCODE = 'TM001';
  END IF;

  SELECT array_agg(ROW(p.version_id, p.ts, change.sign, p.prediction, change.label, p.score,
      true_class_score(p.scores, change.label))::outcome)
    INTO changes
    FROM unnest(p_id, p_label, p_ts_ms) AS r (id, label, ts_ms)
    LEFT JOIN label old ON old.model_id = p_model AND old.prediction_id = r.id
    JOIN prediction p ON p.model_id = p_model AND p.prediction_id = r.id AND p.prediction IS NOT NULL
    CROSS JOIN LATERAL (VALUES (-1, old.label), (1, r.label)) AS change (sign, label)
    WHERE change.label IS NOT NULL
      AND old.label IS DISTINCT FROM r.label
      AND (old.ts IS NULL OR old.ts <= 'epoch'::timestamptz + r.ts_ms * interval '1 millisecond');
  IF changes IS NOT NULL THEN
    PERFORM add_outcomes(p_model, changes);
  END IF;

  INSERT INTO label AS l (model_id, prediction_id, label, label_text, ts)
  SELECT p_model, id, label, text, 'epoch'::timestamptz + ts_ms * interval '1 millisecond'
  FROM unnest(p_id, p_label, p_text, p_ts_ms) AS r (id, label, text, ts_ms)
  ON CONFLICT (model_id, prediction_id) DO UPDATE
    SET label = excluded.label, label_text = excluded.label_text, ts = excluded.ts, received_at = excluded.received_at
    WHERE l.ts <= excluded.ts;

  RETURN QUERY
    SELECT r.id FROM unnest(p_id) AS r (id)
    WHERE NOT EXISTS (SELECT 1 FROM prediction p WHERE p.model_id = p_model AND p.prediction_id = r.id);
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION correct_positive_class(
  p_model integer, p_code integer, p_roots double precision[],
  p_actor text, p_subject text, p_before jsonb, p_after jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  previous integer;
  derived bigint;
  standing record;
  day timestamptz;
BEGIN
  SELECT positive_class INTO previous FROM model WHERE model_id = p_model FOR NO KEY UPDATE;
  IF EXISTS (
    SELECT 1 FROM baseline b JOIN model_version v ON v.model_id = b.model_id AND v.version_id = b.version_id
      AND v.baseline_id = b.baseline_id
    WHERE b.model_id = p_model AND b.rebuild_before IS NOT NULL
  ) THEN
    RAISE EXCEPTION 'a version is being re-counted' USING ERRCODE = 'TM003';
  END IF;
  UPDATE model SET positive_class = p_code WHERE model_id = p_model;
  UPDATE model_version SET revision = revision + 1 WHERE model_id = p_model;

  UPDATE prediction SET score = scores[p_code]
    WHERE model_id = p_model AND scores IS NOT NULL AND cardinality(scores) <= 2
      AND score IS NOT DISTINCT FROM scores[previous];
  GET DIAGNOSTICS derived = ROW_COUNT;
  IF derived > 0 THEN
    FOR standing IN
      SELECT v.version_id, v.baseline_id, b.edges FROM model_version v
      LEFT JOIN baseline_feature b ON b.model_id = v.model_id AND b.version_id = v.version_id
        AND b.baseline_id = v.baseline_id AND b.feature_id = -1
      WHERE v.model_id = p_model
    LOOP
      PERFORM recount_column(p_model, standing.version_id, standing.baseline_id, -1, false, standing.edges, p_roots);
    END LOOP;
    DELETE FROM performance_summary WHERE model_id = p_model;
    FOR day IN SELECT DISTINCT start FROM traffic_summary WHERE model_id = p_model AND grain = 24 LOOP
      PERFORM add_outcomes(p_model, array_agg(ROW(p.version_id, p.ts, 1, p.prediction, l.label, p.score,
          true_class_score(p.scores, l.label))::outcome))
        FROM prediction p JOIN label l ON l.model_id = p.model_id AND l.prediction_id = p.prediction_id
        WHERE p.model_id = p_model AND p.ts >= day AND p.ts < day + interval '24 hours'
          AND p.prediction IS NOT NULL AND l.label IS NOT NULL
        HAVING count(*) > 0;
    END LOOP;
  END IF;
  INSERT INTO audit_event (actor, action, subject, before, after)
    VALUES (p_actor, 'model.positive_class', p_subject, p_before, p_after);
END
$$;
--> statement-breakpoint
-- What is stored already, so that taking a label back takes what it had added: first the rows that now count,
UPDATE performance_summary s SET class_scored = s.class_scored + missed.n
  FROM (
    SELECT p.model_id, p.version_id, g.grain, date_trunc(g.unit, p.ts, 'UTC') AS start, l.label::integer AS actual,
      p.prediction::integer AS predicted, count(*) AS n
    FROM prediction p
    JOIN model m ON m.model_id = p.model_id AND m.task = 'classification'
    JOIN label l ON l.model_id = p.model_id AND l.prediction_id = p.prediction_id
    CROSS JOIN (VALUES (1::smallint, 'hour'), (24::smallint, 'day')) AS g (grain, unit)
    WHERE p.scores IS NOT NULL AND p.prediction IS NOT NULL AND l.label IS NOT NULL
      AND p.scores[l.label::integer] IS NULL
    GROUP BY 1, 2, 3, 4, 5, 6
  ) AS missed
  WHERE (s.model_id, s.version_id, s.grain, s.start, s.actual, s.predicted)
    = (missed.model_id, missed.version_id, missed.grain, missed.start, missed.actual, missed.predicted);
--> statement-breakpoint
-- and then, without the logarithm that greatest() made of no score, the rows that have none.
UPDATE performance_summary SET
    sum_log_score = sum_log_score - (n - scored) * least_log,
    sum_log_complement = sum_log_complement - (n - scored) * least_log,
    sum_log_actual = sum_log_actual - (n - class_scored) * least_log
  FROM (SELECT round(ln(2.220446049250313e-16::float8)::numeric, 13) AS least_log) AS clipped
  WHERE scored < n OR class_scored < n;
