-- What a model answered on held-out rows, kept as evidence. Everything but the check is only ever added.

CREATE TABLE evaluation (
  model_id integer NOT NULL,
  evaluation_id uuid NOT NULL,
  version_id integer NOT NULL,
  dataset_sha256 text COLLATE "C" NOT NULL,
  -- Over the bytes of model_files in their order.
  model_sha256 text COLLATE "C" NOT NULL,
  model_files jsonb NOT NULL,
  -- The same hash over what the version's registered files were when this was saved; null where it had none.
  registered_sha256 text COLLATE "C",
  format text COLLATE "C" NOT NULL CHECK (format IN ('tfjs-layers', 'tfjs-graph', 'onnx')),
  mapping jsonb NOT NULL,
  backend text COLLATE "C" NOT NULL,
  report jsonb NOT NULL,
  outcome_sha256 text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  created_by text NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'unconfirmed'
    CHECK (state IN ('unconfirmed', 'confirmed', 'contradicted', 'failed')),
  checked_at timestamptz,
  check_message text,
  PRIMARY KEY (model_id, evaluation_id),
  FOREIGN KEY (model_id, version_id) REFERENCES model_version ON DELETE CASCADE
);
--> statement-breakpoint
CREATE INDEX evaluation_by_time ON evaluation (model_id, version_id, created_at DESC);
--> statement-breakpoint
CREATE TRIGGER evaluation_is_kept BEFORE UPDATE OF model_id, evaluation_id, version_id, dataset_sha256, model_sha256,
    model_files, registered_sha256, format, mapping, backend, report, outcome_sha256, created_at, created_by
  OR TRUNCATE ON evaluation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Raises TM010 where there is no such version.
CREATE FUNCTION save_evaluation(
  p_model text, p_version text, p_evaluation uuid, p_dataset text, p_model_sha256 text, p_model_files jsonb,
  p_registered text, p_format text, p_mapping jsonb, p_backend text, p_report jsonb, p_outcome text, p_actor text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_version integer := version_id_of(the_model, p_version);
BEGIN
  INSERT INTO evaluation (model_id, evaluation_id, version_id, dataset_sha256, model_sha256, model_files,
      registered_sha256, format, mapping, backend, report, outcome_sha256, created_by)
    VALUES (the_model, p_evaluation, the_version, p_dataset, p_model_sha256, p_model_files, p_registered, p_format,
      p_mapping, p_backend, p_report, p_outcome, p_actor);
  PERFORM write_audit(p_actor, 'evaluation.save', 'version:' || p_model || '/' || p_version, NULL, jsonb_build_object(
    'evaluation', p_evaluation, 'dataset', p_dataset, 'model_sha256', p_model_sha256, 'outcome', p_outcome,
    'metrics', p_report->'metrics'));
END
$$;
--> statement-breakpoint
-- What repeating an evaluation has shown. Raises TM010 where there is no such evaluation.
CREATE FUNCTION check_evaluation(
  p_model text, p_evaluation uuid, p_state text, p_message text, p_actor text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  former record;
BEGIN
  SELECT e.state, v.name AS version INTO former FROM evaluation e
    JOIN model_version v ON v.model_id = e.model_id AND v.version_id = e.version_id
    WHERE e.model_id = the_model AND e.evaluation_id = p_evaluation;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TM010', MESSAGE = 'evaluation';
  END IF;
  UPDATE evaluation SET state = p_state, checked_at = clock_timestamp(), check_message = p_message
    WHERE model_id = the_model AND evaluation_id = p_evaluation;
  PERFORM write_audit(p_actor, 'evaluation.check', 'version:' || p_model || '/' || former.version,
    jsonb_build_object('evaluation', p_evaluation, 'state', former.state),
    jsonb_build_object('evaluation', p_evaluation, 'state', p_state, 'message', p_message));
END
$$;
