-- A baseline is written in steps, none of which is seen until the last: its number is reserved, its rows are stored
-- column by column, and one call makes it the version's. A step that never comes leaves rows that the next baseline
-- sweeps away.

-- The number of a baseline that is still being written (rows = 0).
CREATE FUNCTION reserve_baseline(
  p_model integer, p_version integer, p_kind text, p_from_ms double precision, p_to_ms double precision, p_file_name text
) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  the_baseline integer;
BEGIN
  PERFORM 1 FROM model_version WHERE model_id = p_model AND version_id = p_version FOR NO KEY UPDATE;
  INSERT INTO baseline (
    model_id, version_id, baseline_id, kind, window_from, window_to, file_name, rows, labelled, performance
  )
  SELECT p_model, p_version, coalesce(max(baseline_id), 0) + 1, p_kind, to_timestamp(p_from_ms / 1000),
    to_timestamp(p_to_ms / 1000), p_file_name, 0, 0, '{}'
  FROM baseline WHERE model_id = p_model AND version_id = p_version
  RETURNING baseline_id INTO the_baseline;
  RETURN the_baseline;
END
$$;
--> statement-breakpoint
-- Makes a written baseline the version's: from here on new rows are counted in its bins, and the days there are wait
-- for theirs. False, and nothing done, when a baseline that was begun later stands already.
CREATE FUNCTION finish_baseline(
  p_model integer, p_version integer, p_baseline integer, p_rows bigint, p_labelled bigint, p_performance jsonb,
  f_feature integer[], f_edges text[], f_display text[], f_n bigint[], f_missing bigint[], f_sum double precision[],
  f_sum_squared double precision[], f_min double precision[], f_max double precision[], f_keys text[], f_counts text[],
  p_actor text, p_subject text
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  standing integer;
  switched_at timestamptz;
BEGIN
  -- Waits for rows under way: after this every row is either counted in the old bins or refused and encoded again.
  PERFORM 1 FROM model WHERE model_id = p_model FOR NO KEY UPDATE;
  SELECT baseline_id INTO standing FROM model_version
    WHERE model_id = p_model AND version_id = p_version FOR NO KEY UPDATE;
  IF standing >= p_baseline THEN
    RETURN false;
  END IF;

  INSERT INTO baseline_feature (
    model_id, version_id, baseline_id, feature_id, edges, display, n, missing, sum, sum_squared, min, max, keys, counts
  )
  SELECT p_model, p_version, p_baseline, feature_id, edges::double precision[], display::integer[], n, missing, sum,
    sum_squared, min, max, keys::integer[], counts::bigint[]
  FROM unnest(f_feature, f_edges, f_display, f_n, f_missing, f_sum, f_sum_squared, f_min, f_max, f_keys, f_counts)
    AS d (feature_id, edges, display, n, missing, sum, sum_squared, min, max, keys, counts);

  -- Rows received up to this moment are in no summary of the new bins, later ones are: a later writer can only know
  -- the new revision after this has committed. The wait keeps both apart on a coarse clock.
  switched_at := clock_timestamp();
  PERFORM pg_sleep(0.005);
  UPDATE baseline SET created_at = switched_at, rows = p_rows, labelled = p_labelled, performance = p_performance,
    rebuild_before = (
      SELECT max(start) + interval '24 hours' FROM traffic_summary
      WHERE model_id = p_model AND version_id = p_version AND grain = 24
    )
    WHERE model_id = p_model AND version_id = p_version AND baseline_id = p_baseline;
  UPDATE model_version SET baseline_id = p_baseline, revision = revision + 1
    WHERE model_id = p_model AND version_id = p_version;

  INSERT INTO audit_event (actor, action, subject, before, after)
  SELECT p_actor, 'baseline.put', p_subject,
    (SELECT jsonb_build_object('baseline', baseline_id, 'kind', kind, 'rows', rows, 'file_name', file_name)
      FROM baseline WHERE model_id = p_model AND version_id = p_version AND baseline_id = standing),
    jsonb_build_object('baseline', baseline_id, 'kind', kind, 'rows', rows, 'file_name', file_name)
  FROM baseline WHERE model_id = p_model AND version_id = p_version AND baseline_id = p_baseline;
  RETURN true;
END
$$;
--> statement-breakpoint
-- Adds to a day the counts of its rows received before the baseline stood, made by the caller without a lock: that set
-- of rows cannot grow, so that neither side waits for the other. Days are done newest first, each once.
-- 'done', also when another process was first; 'changed': the columns have, count again; 'superseded': another
-- baseline stands, stop.
CREATE FUNCTION add_day(
  p_model integer, p_version integer, p_baseline integer, p_revision integer, p_day_ms bigint,
  f_feature integer[], f_grain smallint[], f_start_ms bigint[], f_n bigint[], f_missing bigint[],
  f_sum double precision[], f_sum_squared double precision[], f_min double precision[], f_max double precision[],
  f_keys text[], f_counts text[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  day timestamptz := 'epoch'::timestamptz + p_day_ms * interval '1 millisecond';
  standing model_version;
BEGIN
  PERFORM 1 FROM model WHERE model_id = p_model FOR NO KEY UPDATE;
  SELECT * INTO standing FROM model_version WHERE model_id = p_model AND version_id = p_version;
  IF standing.baseline_id IS DISTINCT FROM p_baseline THEN
    RETURN 'superseded';
  END IF;
  IF standing.revision <> p_revision THEN
    RETURN 'changed';
  END IF;
  UPDATE baseline SET rebuild_before = day
    WHERE model_id = p_model AND version_id = p_version AND baseline_id = p_baseline AND rebuild_before > day;
  IF FOUND THEN
    PERFORM add_summaries(p_model, p_version, p_baseline, '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
      f_feature, f_grain, f_start_ms, f_n, f_missing, f_sum, f_sum_squared, f_min, f_max, f_keys, f_counts);
  END IF;
  RETURN 'done';
END
$$;
--> statement-breakpoint
-- Ends a re-count when no day is left to do, and sweeps away what older baselines have left. True when it has ended.
CREATE FUNCTION finish_rebuild(p_model integer, p_version integer, p_baseline integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  standing integer;
BEGIN
  PERFORM 1 FROM model WHERE model_id = p_model FOR NO KEY UPDATE;
  SELECT baseline_id INTO standing FROM model_version WHERE model_id = p_model AND version_id = p_version;
  IF standing IS DISTINCT FROM p_baseline OR EXISTS (
    SELECT 1 FROM baseline b JOIN prediction p ON p.model_id = b.model_id AND p.version_id = b.version_id
      AND p.ts < b.rebuild_before AND p.received_at <= b.created_at
    WHERE b.model_id = p_model AND b.version_id = p_version AND b.baseline_id = p_baseline
  ) THEN
    RETURN false;
  END IF;
  UPDATE baseline SET rebuild_before = NULL
    WHERE model_id = p_model AND version_id = p_version AND baseline_id = p_baseline AND rebuild_before IS NOT NULL;
  DELETE FROM feature_summary WHERE model_id = p_model AND version_id = p_version AND baseline_id < p_baseline;
  DELETE FROM baseline_column WHERE model_id = p_model AND version_id = p_version AND baseline_id < p_baseline;
  DELETE FROM baseline_feature WHERE model_id = p_model AND version_id = p_version AND baseline_id < p_baseline;
  RETURN true;
END
$$;
