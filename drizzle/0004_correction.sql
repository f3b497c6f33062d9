-- Corrections of a version's schema. Each function is one statement: rows, dictionaries, baseline and summaries change
-- together, and a writer that encoded against the schema before is refused and encodes again.
-- TM001 = something has changed since the caller looked, TM003 = the version is being re-counted for a new baseline.

-- The bucket of lib/stats/exponential-buckets.ts, schema 5. p_roots are 2^(j/32), j = 0 to 31, as the caller has them, so
-- that both put a value on a bound into the same bucket.
CREATE FUNCTION exponential_key(p_value double precision, p_roots double precision[]) RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  size double precision := abs(p_value);
  place integer;
  bound double precision;
BEGIN
  IF p_value IS NULL OR p_value = 0 THEN
    RETURN p_value::integer;
  END IF;
  place := ceil(ln(size) / ln(2::double precision) * 32)::integer + 1;
  LOOP
    -- The upper bound of the bucket below.
    bound := CASE
      WHEN floor((place - 1) / 32.0) > 1023 THEN 'Infinity'
      WHEN floor((place - 1) / 32.0) < -1074 THEN 0
      ELSE p_roots[(place - 1) - 32 * floor((place - 1) / 32.0)::integer + 1] * power(2::double precision, floor((place - 1) / 32.0))
    END;
    EXIT WHEN size > bound;
    place := place - 1;
  END LOOP;
  RETURN (place + 1075 * 32 + 1) * sign(p_value)::integer;
END
$$;
--> statement-breakpoint
-- As JavaScript adds: PostgreSQL refuses a sum that is no double.
CREATE FUNCTION add_doubles(double precision, double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE
    WHEN sign($1) <> sign($2) OR abs($1) = 'Infinity' OR abs($1) <= 1.7976931348623157e308 - abs($2) THEN $1 + $2
    ELSE sign($1) * 'Infinity'::double precision
  END
$$;
--> statement-breakpoint
CREATE AGGREGATE sum_doubles(double precision) (SFUNC = add_doubles, STYPE = double precision, PARALLEL = SAFE);
--> statement-breakpoint
-- Counts one column of a version anew from its raw rows, in the bins of its standing baseline.
-- p_feature as in feature_summary. p_edges: right-closed bins; null: exponential buckets, or codes where p_coded.
CREATE FUNCTION recount_column(
  p_model integer, p_version integer, p_baseline integer, p_feature integer, p_coded boolean,
  p_edges double precision[], p_roots double precision[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  -- Bins are closed on the right and width_bucket's on the left: it is asked from the other side.
  mirrored double precision[] := (SELECT array_agg(-edge ORDER BY -edge) FROM unnest(p_edges) AS edge);
BEGIN
  DELETE FROM feature_summary WHERE model_id = p_model AND version_id = p_version AND baseline_id = p_baseline
    AND feature_id = p_feature;
  WITH value AS (
    SELECT ts, CASE p_feature WHEN 0 THEN prediction WHEN -1 THEN score ELSE features[p_feature] END AS value
    FROM prediction
    WHERE model_id = p_model AND version_id = p_version
      AND (p_feature > 0 OR CASE p_feature WHEN 0 THEN prediction ELSE score END IS NOT NULL)
  ), keyed AS (
    SELECT date_trunc('hour', ts, 'UTC') AS start,
      CASE
        WHEN value IS NULL THEN NULL
        WHEN p_coded THEN value::integer
        WHEN mirrored IS NULL THEN exponential_key(value, p_roots)
        ELSE cardinality(mirrored) - width_bucket(-value, mirrored)
      END AS key,
      value
    FROM value
  ), hourly AS (
    SELECT start, key, count(*) AS n, sum_doubles(value) AS sum,
      -- PostgreSQL refuses a square that is no double.
      sum_doubles(CASE WHEN abs(value) > 1e154 THEN 'Infinity' WHEN abs(value) < 1e-154 THEN 0 ELSE value * value END)
        AS sum_squared, min(value) AS min,
      max(value) AS max
    FROM keyed GROUP BY 1, 2
  ), grained AS (
    SELECT 1::smallint AS grain, start, key, n, sum, sum_squared, min, max FROM hourly
    UNION ALL
    SELECT 24, date_trunc('day', start, 'UTC'), key, sum(n), sum_doubles(sum), sum_doubles(sum_squared), min(min), max(max)
    FROM hourly GROUP BY 2, 3
  )
  INSERT INTO feature_summary (
    model_id, version_id, feature_id, baseline_id, grain, start, n, missing, sum, sum_squared, min, max, keys, counts,
    part
  )
  SELECT p_model, p_version, p_feature, p_baseline, grain, start,
    coalesce(sum(n) FILTER (WHERE key IS NOT NULL), 0), coalesce(sum(n) FILTER (WHERE key IS NULL), 0),
    CASE WHEN p_coded THEN 0 ELSE coalesce(sum_doubles(sum), 0) END,
    CASE WHEN p_coded THEN 0 ELSE coalesce(sum_doubles(sum_squared), 0) END,
    CASE WHEN p_coded THEN NULL ELSE min(min) END, CASE WHEN p_coded THEN NULL ELSE max(max) END,
    coalesce(array_agg(key ORDER BY key) FILTER (WHERE key IS NOT NULL), '{}'),
    coalesce(array_agg(n ORDER BY key) FILTER (WHERE key IS NOT NULL), '{}'),
    (SELECT nextval('summary_part'))
  FROM grained GROUP BY grain, start;
END
$$;
--> statement-breakpoint
-- Makes a number of a category or the other way round, in raw rows, baseline and summaries.
-- p_from, p_to: what each stored value becomes; a value that is not among them means that rows came meanwhile.
-- b_*: the column in the standing baseline; b_chunks null where the baseline lacks it.
CREATE FUNCTION retype_column(
  p_model integer, p_version integer, p_revision integer, p_baseline integer, p_feature integer, p_type text,
  p_from double precision[], p_to double precision[], p_roots double precision[],
  b_chunks text[], b_edges double precision[], b_display integer[], b_n bigint, b_missing bigint,
  b_sum double precision, b_sum_squared double precision, b_min double precision, b_max double precision,
  b_keys integer[], b_counts bigint[],
  p_actor text, p_subject text, p_before jsonb, p_after jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  standing model_version;
BEGIN
  PERFORM 1 FROM model WHERE model_id = p_model FOR NO KEY UPDATE;
  SELECT * INTO standing FROM model_version WHERE model_id = p_model AND version_id = p_version FOR NO KEY UPDATE;
  IF standing.revision <> p_revision OR standing.baseline_id <> p_baseline THEN
    RAISE EXCEPTION 'the version is at revision %, not %', standing.revision, p_revision USING ERRCODE = 'TM001';
  END IF;
  IF EXISTS (SELECT 1 FROM baseline WHERE model_id = p_model AND version_id = p_version
      AND baseline_id = p_baseline AND rebuild_before IS NOT NULL) THEN
    RAISE EXCEPTION 'the version is being re-counted' USING ERRCODE = 'TM003';
  END IF;
  IF EXISTS (
    SELECT 1 FROM prediction p LEFT JOIN unnest(p_from) AS known (value) ON known.value = p.features[p_feature]
    WHERE p.model_id = p_model AND p.version_id = p_version AND p.features[p_feature] IS NOT NULL AND known.value IS NULL
  ) THEN
    RAISE EXCEPTION 'a value came that the caller has not seen' USING ERRCODE = 'TM001';
  END IF;

  UPDATE prediction p SET features[p_feature] = m.after
    FROM unnest(p_from, p_to) AS m (before, after)
    WHERE p.model_id = p_model AND p.version_id = p_version AND p.features[p_feature] = m.before;
  UPDATE feature SET type = p_type, state = 'confirmed'
    WHERE model_id = p_model AND version_id = p_version AND feature_id = p_feature;
  UPDATE model_version SET revision = revision + 1 WHERE model_id = p_model AND version_id = p_version;

  IF b_chunks IS NOT NULL THEN
    DELETE FROM baseline_column WHERE model_id = p_model AND version_id = p_version AND baseline_id = p_baseline
      AND feature_id = p_feature;
    INSERT INTO baseline_column (model_id, version_id, baseline_id, feature_id, chunk, data)
      SELECT p_model, p_version, p_baseline, p_feature, (chunk - 1)::integer, decode(data, 'base64')
      FROM unnest(b_chunks) WITH ORDINALITY AS c (data, chunk);
    UPDATE baseline_feature SET edges = b_edges, display = b_display, n = b_n, missing = b_missing, sum = b_sum,
        sum_squared = b_sum_squared, min = b_min, max = b_max, keys = b_keys, counts = b_counts
      WHERE model_id = p_model AND version_id = p_version AND baseline_id = p_baseline AND feature_id = p_feature;
  END IF;
  PERFORM recount_column(p_model, p_version, p_baseline, p_feature, p_type = 'categorical', b_edges, p_roots);
  INSERT INTO audit_event (actor, action, subject, before, after)
    VALUES (p_actor, 'feature.retype', p_subject, p_before, p_after);
END
$$;
--> statement-breakpoint
-- What a person says about a version without touching its rows. p_features: one object per feature with its id and what
-- is set. Of a settings object only the keys that are given change.
CREATE FUNCTION correct_version(
  p_model integer, p_version integer, p_settings_before jsonb, p_settings jsonb, p_features jsonb,
  p_actor text, p_subject text, p_before jsonb, p_after jsonb
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  standing jsonb;
BEGIN
  SELECT settings INTO standing FROM model_version
    WHERE model_id = p_model AND version_id = p_version FOR NO KEY UPDATE;
  IF standing <> p_settings_before THEN
    RAISE EXCEPTION 'the settings have changed' USING ERRCODE = 'TM001';
  END IF;
  UPDATE model_version SET settings = settings || p_settings WHERE model_id = p_model AND version_id = p_version;
  UPDATE feature f SET
      state = 'confirmed',
      monitored = CASE WHEN c ? 'monitored' THEN (c ->> 'monitored')::boolean ELSE f.monitored END,
      unit = CASE WHEN c ? 'unit' THEN c ->> 'unit' ELSE f.unit END,
      description = CASE WHEN c ? 'description' THEN c ->> 'description' ELSE f.description END,
      thresholds = CASE WHEN c ? 'thresholds' THEN nullif(c -> 'thresholds', 'null') ELSE f.thresholds END
    FROM jsonb_array_elements(p_features) AS c
    WHERE f.model_id = p_model AND f.version_id = p_version AND f.feature_id = (c ->> 'id')::integer;
  INSERT INTO audit_event (actor, action, subject, before, after)
    VALUES (p_actor, 'version.correct', p_subject, p_before, p_after);
END
$$;
--> statement-breakpoint
-- Says which class scores speak of. Sums per class know nothing of it; a score that was taken out of a map of two
-- probabilities is taken out anew, and what was counted of it is counted again.
CREATE FUNCTION correct_positive_class(
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
          CASE WHEN p.scores IS NOT NULL THEN p.scores[l.label::integer] END)::outcome))
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
