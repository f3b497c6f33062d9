-- The write path. What is called is one message to the store, so that it commits or vanishes as a whole and no client
-- ever holds a transaction open. Rows are encoded and binned by the caller.

-- Bin of a probability: 128 bins per unit of logit, so that scores near 0 and 1 keep their order too.
CREATE FUNCTION score_bin(s double precision) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN s IS NULL THEN NULL
    WHEN s < 1e-9 THEN -2700
    WHEN s > 1 - 1e-9 THEN 2700
    ELSE floor(ln(s / (1 - s)) * 128)::integer
  END
$$;
--> statement-breakpoint
-- What a labelled prediction adds to the performance summaries; sign -1 takes it back.
CREATE TYPE outcome AS (
  version_id integer, ts timestamptz, sign integer, prediction double precision, label double precision,
  score double precision, label_score double precision
);
--> statement-breakpoint
CREATE FUNCTION add_outcomes(p_model integer, p_outcomes outcome[]) RETURNS void LANGUAGE sql AS $$
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
      coalesce(sum(sign * round(ln(greatest(score, 2.220446049250313e-16))::numeric, 13)), 0) AS sum_log_score,
      coalesce(sum(sign * round(ln(greatest(1 - score, 2.220446049250313e-16))::numeric, 13)), 0) AS sum_log_complement,
      coalesce(sum(sign) FILTER (WHERE label_score IS NOT NULL), 0)::bigint AS class_scored,
      coalesce(sum(sign * round(ln(greatest(label_score, 2.220446049250313e-16))::numeric, 13)), 0) AS sum_log_actual,
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
-- Adds hourly and daily counts, one array element per summary row. Keys are in no order. The counts of columns are
-- appended as a part of their own, which costs no reading and waits for nobody; those of traffic, which are few, are
-- added in place, and last, since rows that are changed are locked until the end. They are added as float8, exact up to
-- 2^53 and three times as fast as sum(bigint), which adds numerics.
CREATE FUNCTION add_summaries(
  p_model integer, p_version integer, p_baseline integer,
  t_grain smallint[], t_start_ms bigint[], t_n bigint[], t_errors bigint[], t_latency_n bigint[],
  t_latency_sum double precision[], t_latency_keys text[], t_latency_counts text[],
  f_feature integer[], f_grain smallint[], f_start_ms bigint[], f_n bigint[], f_missing bigint[],
  f_sum double precision[], f_sum_squared double precision[], f_min double precision[], f_max double precision[],
  f_keys text[], f_counts text[]
) RETURNS void LANGUAGE sql AS $$
  INSERT INTO feature_summary (
    model_id, version_id, feature_id, baseline_id, grain, start, n, missing, sum, sum_squared, min, max, keys, counts,
    part
  )
  SELECT p_model, p_version, feature_id, p_baseline, grain, 'epoch'::timestamptz + start_ms * interval '1 millisecond',
    n, missing, sum, sum_squared, min, max, keys::integer[], counts::bigint[], (SELECT nextval('summary_part'))
  FROM unnest(f_feature, f_grain, f_start_ms, f_n, f_missing, f_sum, f_sum_squared, f_min, f_max, f_keys, f_counts)
    AS d (feature_id, grain, start_ms, n, missing, sum, sum_squared, min, max, keys, counts);

  INSERT INTO traffic_summary AS s (
    model_id, version_id, grain, start, n, errors, latency_n, latency_sum, latency_keys, latency_counts
  )
  SELECT p_model, p_version, grain, 'epoch'::timestamptz + start_ms * interval '1 millisecond', n, errors, latency_n,
    latency_sum, keys::integer[], counts::bigint[]
  FROM unnest(t_grain, t_start_ms, t_n, t_errors, t_latency_n, t_latency_sum, t_latency_keys, t_latency_counts)
    AS d (grain, start_ms, n, errors, latency_n, latency_sum, keys, counts)
  ORDER BY grain, start_ms
  ON CONFLICT (model_id, version_id, grain, start) DO UPDATE SET
    n = s.n + excluded.n,
    errors = s.errors + excluded.errors,
    latency_n = s.latency_n + excluded.latency_n,
    latency_sum = s.latency_sum + excluded.latency_sum,
    received_at = greatest(s.received_at, excluded.received_at),
    (latency_keys, latency_counts) = (
      SELECT coalesce(array_agg(key), '{}'), coalesce(array_agg(count), '{}')
      FROM (
        SELECT key, sum(count::float8)::bigint AS count
        FROM unnest(s.latency_keys || excluded.latency_keys, s.latency_counts || excluded.latency_counts) AS u (key, count) GROUP BY key
      ) AS merged
    )
$$;
--> statement-breakpoint
-- Puts one part, which the caller has added up, in the place of several. p_rows: how many rows these parts have.
-- TM004 = some of them have gone meanwhile; nothing is done then.
CREATE FUNCTION replace_parts(
  p_model integer, p_version integer, p_baseline integer, p_grain smallint, p_start_ms bigint, p_parts bigint[],
  p_rows bigint,
  f_feature integer[], f_grain smallint[], f_start_ms bigint[], f_n bigint[], f_missing bigint[],
  f_sum double precision[], f_sum_squared double precision[], f_min double precision[], f_max double precision[],
  f_keys text[], f_counts text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  gone bigint;
BEGIN
  -- Shared with writers, exclusive against those who count anew.
  PERFORM 1 FROM model WHERE model_id = p_model FOR SHARE;
  DELETE FROM feature_summary WHERE model_id = p_model AND version_id = p_version AND baseline_id = p_baseline
    AND grain = p_grain AND start = 'epoch'::timestamptz + p_start_ms * interval '1 millisecond' AND part = ANY (p_parts);
  GET DIAGNOSTICS gone = ROW_COUNT;
  IF gone <> p_rows THEN
    RAISE EXCEPTION '% of % rows have gone', p_rows - gone, p_rows USING ERRCODE = 'TM004';
  END IF;
  PERFORM add_summaries(p_model, p_version, p_baseline, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
    f_feature, f_grain, f_start_ms, f_n, f_missing, f_sum, f_sum_squared, f_min, f_max, f_keys, f_counts);
END
$$;
--> statement-breakpoint
-- Rows are stored by COPY between two calls, all three one transaction. This one, before: the rows must have been
-- encoded against the version as it is. TM001 = it has changed since; the caller encodes again.
CREATE FUNCTION begin_predictions(p_model integer, p_version integer, p_revision integer) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  current_revision integer;
BEGIN
  -- Shared with other prediction writers, exclusive against labels: whichever comes second sees the other's rows.
  PERFORM 1 FROM model WHERE model_id = p_model FOR SHARE;
  SELECT revision INTO current_revision FROM model_version
    WHERE model_id = p_model AND version_id = p_version FOR SHARE;
  IF current_revision IS DISTINCT FROM p_revision THEN
    RAISE EXCEPTION 'the version is at revision %, not %', current_revision, p_revision USING ERRCODE = 'TM001';
  END IF;
END
$$;
--> statement-breakpoint
-- And this one, after: labels that came first have waited for these rows. Counts come last, see add_summaries.
CREATE FUNCTION settle_labels(p_model integer, p_version integer, p_id text[], p_ts_ms bigint[]) RETURNS void
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
      p.scores[CASE WHEN p.scores IS NOT NULL THEN l.label::integer END])::outcome))
    FROM unnest(p_id, p_ts_ms) AS r (id, ts_ms)
    JOIN label l ON l.model_id = p_model AND l.prediction_id = r.id
    JOIN prediction p ON p.model_id = p_model AND p.prediction_id = r.id AND p.version_id = p_version
      AND p.ts = 'epoch'::timestamptz + r.ts_ms * interval '1 millisecond'
    WHERE r.id = ANY (waiting) AND p.prediction IS NOT NULL
    HAVING count(*) > 0;
END
$$;
--> statement-breakpoint
-- Stores labels, one per id; a label whose time is earlier than the one held is ignored. Every prediction of the id
-- gives back what the old label added and takes what the new one adds. Returns the ids that no prediction has yet.
CREATE FUNCTION record_labels(p_model integer, p_id text[], p_label double precision[], p_text text[], p_ts_ms bigint[])
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
      p.scores[CASE WHEN p.scores IS NOT NULL THEN change.label::integer END])::outcome)
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
