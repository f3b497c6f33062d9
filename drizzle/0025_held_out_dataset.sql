-- Held-out sets that models are evaluated on, each addressed by the SHA-256 of its file's bytes. The files lie among the
-- artifacts. ("dataset" is what MLflow's runs name as their input.)

CREATE TABLE held_out_dataset (
  model_id integer NOT NULL REFERENCES model ON DELETE CASCADE,
  sha256 text COLLATE "C" NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  name text NOT NULL,
  format text COLLATE "C" NOT NULL CHECK (format IN ('csv', 'parquet', 'arrow')),
  bytes bigint NOT NULL,
  rows integer NOT NULL,
  -- [{name, type, missing, distinct}] in the file's order.
  columns jsonb NOT NULL,
  label text,
  uploaded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  uploaded_by text NOT NULL,
  PRIMARY KEY (model_id, sha256)
);
--> statement-breakpoint
-- Registers a file, or names one anew that is registered. Raises TM010 without the model.
CREATE FUNCTION register_dataset(
  p_model text, p_sha256 text, p_name text, p_format text, p_bytes bigint, p_rows integer, p_columns jsonb, p_label text,
  p_actor text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  former record;
BEGIN
  SELECT name, label INTO former FROM held_out_dataset WHERE model_id = the_model AND sha256 = p_sha256;
  IF FOUND THEN
    IF (former.name, former.label) IS NOT DISTINCT FROM (p_name, p_label) THEN
      RETURN;
    END IF;
    UPDATE held_out_dataset SET name = p_name, label = p_label WHERE model_id = the_model AND sha256 = p_sha256;
    PERFORM write_audit(p_actor, 'dataset.describe', 'model:' || p_model,
      jsonb_build_object('dataset', p_sha256, 'name', former.name, 'label', former.label),
      jsonb_build_object('dataset', p_sha256, 'name', p_name, 'label', p_label));
    RETURN;
  END IF;
  INSERT INTO held_out_dataset (model_id, sha256, name, format, bytes, rows, columns, label, uploaded_by)
    VALUES (the_model, p_sha256, p_name, p_format, p_bytes, p_rows, p_columns, p_label, p_actor);
  PERFORM write_audit(p_actor, 'dataset.register', 'model:' || p_model, NULL, jsonb_build_object(
    'dataset', p_sha256, 'name', p_name, 'format', p_format, 'bytes', p_bytes, 'rows', p_rows, 'label', p_label));
END
$$;
