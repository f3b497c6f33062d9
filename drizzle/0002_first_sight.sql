-- What is created the first time it is seen. Each function returns what is there afterwards, whoever made it.

CREATE FUNCTION ensure_version(p_model text, p_version text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer;
BEGIN
  INSERT INTO model (name) VALUES (p_model) ON CONFLICT (name) DO NOTHING;
  SELECT model_id INTO the_model FROM model WHERE name = p_model FOR NO KEY UPDATE;
  IF p_version IS NOT NULL THEN
    INSERT INTO model_version (model_id, version_id, name)
    SELECT the_model, coalesce(max(version_id), 0) + 1, p_version FROM model_version WHERE model_id = the_model
    ON CONFLICT DO NOTHING;
  END IF;
END
$$;
--> statement-breakpoint
-- Adds columns at the end of the vector and sets the type of those that had none. Moves the revision if anything changed.
CREATE FUNCTION ensure_columns(p_model integer, p_version integer, p_role text[], p_name text[], p_type text[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  added integer;
  typed integer;
BEGIN
  PERFORM 1 FROM model_version WHERE model_id = p_model AND version_id = p_version FOR NO KEY UPDATE;
  UPDATE feature f SET type = c.type
    FROM unnest(p_role, p_name, p_type) AS c (role, name, type)
    WHERE f.model_id = p_model AND f.version_id = p_version AND f.role = c.role AND f.name = c.name
      AND f.type IS NULL AND c.type IS NOT NULL;
  GET DIAGNOSTICS typed = ROW_COUNT;
  INSERT INTO feature (model_id, version_id, feature_id, role, name, type)
    SELECT p_model, p_version,
      (SELECT coalesce(max(feature_id), 0) FROM feature WHERE model_id = p_model AND version_id = p_version)
        + row_number() OVER (ORDER BY c.place),
      c.role, c.name, c.type
    FROM unnest(p_role, p_name, p_type) WITH ORDINALITY AS c (role, name, type, place)
    WHERE NOT EXISTS (
      SELECT 1 FROM feature f
      WHERE f.model_id = p_model AND f.version_id = p_version AND f.role = c.role AND f.name = c.name
    );
  GET DIAGNOSTICS added = ROW_COUNT;
  IF added + typed > 0 THEN
    UPDATE model_version SET revision = revision + 1 WHERE model_id = p_model AND version_id = p_version;
  END IF;
END
$$;
--> statement-breakpoint
CREATE FUNCTION ensure_categories(p_model integer, p_version integer, p_feature integer[], p_value text[])
RETURNS TABLE (feature_id integer, value text, code integer) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  IF EXISTS (
    SELECT 1 FROM unnest(p_feature, p_value) AS wanted (feature_id, value)
    WHERE NOT EXISTS (
      SELECT 1 FROM category c WHERE c.model_id = p_model AND c.version_id = p_version
        AND c.feature_id = wanted.feature_id AND c.value = wanted.value
    )
  ) THEN
    PERFORM 1 FROM model_version v WHERE v.model_id = p_model AND v.version_id = p_version FOR NO KEY UPDATE;
    -- Materialized, or the highest code is looked up for every new word: a batch of ids then takes minutes.
    WITH highest AS MATERIALIZED (
      SELECT f.feature_id, coalesce((SELECT max(c.code) FROM category c
        WHERE c.model_id = p_model AND c.version_id = p_version AND c.feature_id = f.feature_id), 0) AS code
      FROM (SELECT DISTINCT unnest(p_feature) AS feature_id) AS f
    )
    INSERT INTO category (model_id, version_id, feature_id, code, value)
      SELECT p_model, p_version, wanted.feature_id,
        highest.code + row_number() OVER (PARTITION BY wanted.feature_id ORDER BY wanted.value),
        wanted.value
      FROM (SELECT DISTINCT u.feature_id, u.value FROM unnest(p_feature, p_value) AS u (feature_id, value)) AS wanted
      JOIN highest ON highest.feature_id = wanted.feature_id
      WHERE NOT EXISTS (
        SELECT 1 FROM category c WHERE c.model_id = p_model AND c.version_id = p_version
          AND c.feature_id = wanted.feature_id AND c.value = wanted.value
      );
  END IF;
  RETURN QUERY
    SELECT c.feature_id, c.value, c.code FROM unnest(p_feature, p_value) AS wanted (feature_id, value)
    JOIN category c ON c.model_id = p_model AND c.version_id = p_version
      AND c.feature_id = wanted.feature_id AND c.value = wanted.value;
END
$$;
--> statement-breakpoint
CREATE FUNCTION ensure_classes(p_model integer, p_value text[])
RETURNS TABLE (value text, code integer) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM 1 FROM model m WHERE m.model_id = p_model FOR NO KEY UPDATE;
  INSERT INTO class (model_id, code, value)
    SELECT p_model,
      (SELECT coalesce(max(c.code), 0) FROM class c WHERE c.model_id = p_model)
        + row_number() OVER (ORDER BY wanted.value),
      wanted.value
    FROM (SELECT DISTINCT u.value FROM unnest(p_value) AS u (value)) AS wanted
    WHERE NOT EXISTS (SELECT 1 FROM class c WHERE c.model_id = p_model AND c.value = wanted.value);
  RETURN QUERY SELECT c.value, c.code FROM class c WHERE c.model_id = p_model AND c.value = ANY (p_value);
END
$$;
--> statement-breakpoint
-- Settles what a model predicts, once. Numbers that came as labels before anybody knew are read accordingly.
CREATE FUNCTION settle_task(p_model integer, p_task text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE model SET task = p_task WHERE model_id = p_model AND task IS NULL;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_task = 'regression' THEN
    UPDATE label SET label = label_text::double precision WHERE model_id = p_model AND label IS NULL;
  ELSE
    PERFORM ensure_classes(p_model, (SELECT array_agg(DISTINCT label_text) FROM label
      WHERE model_id = p_model AND label IS NULL));
    UPDATE label l SET label = c.code FROM class c
      WHERE l.model_id = p_model AND l.label IS NULL AND c.model_id = p_model AND c.value = l.label_text;
  END IF;
END
$$;
--> statement-breakpoint
-- Makes sure that each month has its partition. Months are given as their first day.
CREATE FUNCTION ensure_partitions(p_months date[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month date;
BEGIN
  FOREACH month IN ARRAY p_months LOOP
    BEGIN
      EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF prediction FOR VALUES FROM (%L) TO (%L)',
        'prediction_' || to_char(month, 'YYYY_MM'),
        (month::text || ' 00:00:00+00')::timestamptz, ((month + interval '1 month')::date::text || ' 00:00:00+00')::timestamptz);
    EXCEPTION WHEN duplicate_table OR unique_violation OR invalid_object_definition THEN
      -- Another process made it at the same moment.
      NULL;
    END;
  END LOOP;
END
$$;
