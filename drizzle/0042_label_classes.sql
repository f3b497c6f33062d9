-- A class that is known from labels alone makes no third class of two until a prediction has that label: a name that was
-- mistyped once would turn a model's measures for good.

ALTER TABLE class ADD COLUMN label_only boolean NOT NULL DEFAULT false;
--> statement-breakpoint
DROP FUNCTION ensure_classes(integer, text[]);
--> statement-breakpoint
-- p_label_only: the values are labels; else they are predictions', scores' or a baseline's, and are classes from now on.
CREATE FUNCTION ensure_classes(p_model integer, p_value text[], p_label_only boolean DEFAULT false)
RETURNS TABLE (value text, code integer) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  PERFORM 1 FROM model m WHERE m.model_id = p_model FOR NO KEY UPDATE;
  INSERT INTO class (model_id, code, value, label_only)
    SELECT p_model,
      (SELECT coalesce(max(c.code), 0) FROM class c WHERE c.model_id = p_model)
        + row_number() OVER (ORDER BY wanted.value),
      wanted.value, p_label_only
    FROM (SELECT DISTINCT u.value FROM unnest(p_value) AS u (value)) AS wanted
    WHERE NOT EXISTS (SELECT 1 FROM class c WHERE c.model_id = p_model AND c.value = wanted.value);
  IF NOT p_label_only THEN
    UPDATE class c SET label_only = false WHERE c.model_id = p_model AND c.value = ANY (p_value) AND c.label_only;
  END IF;
  RETURN QUERY SELECT c.value, c.code FROM class c WHERE c.model_id = p_model AND c.value = ANY (p_value);
END
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION settle_task(p_model integer, p_task text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE model SET task = p_task WHERE model_id = p_model AND task IS NULL;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF p_task = 'regression' THEN
    UPDATE label SET label = label_text::double precision WHERE model_id = p_model AND label IS NULL;
  ELSE
    PERFORM ensure_classes(p_model, (SELECT array_agg(DISTINCT label_text) FROM label
      WHERE model_id = p_model AND label IS NULL), true);
    UPDATE label l SET label = c.code FROM class c
      WHERE l.model_id = p_model AND l.label IS NULL AND c.model_id = p_model AND c.value = l.label_text;
  END IF;
END
$$;
