-- How rows become what a version's model reads, where somebody has said it on a page. The former ones stay.

CREATE TABLE input_mapping (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  revision integer NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  mapping jsonb NOT NULL,
  PRIMARY KEY (model_id, version_id, revision),
  FOREIGN KEY (model_id, version_id) REFERENCES model_version ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TRIGGER input_mapping_is_kept BEFORE UPDATE OR TRUNCATE ON input_mapping
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Adds a revision; the same mapping again adds none. Raises TM010 where there is no such version.
CREATE FUNCTION save_input_mapping(p_model text, p_version text, p_mapping jsonb, p_actor text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_version integer := version_id_of(the_model, p_version);
  latest record;
BEGIN
  SELECT revision, mapping INTO latest FROM input_mapping
    WHERE model_id = the_model AND version_id = the_version ORDER BY revision DESC LIMIT 1;
  IF latest.mapping = p_mapping THEN
    RETURN;
  END IF;
  INSERT INTO input_mapping (model_id, version_id, revision, actor, mapping)
    VALUES (the_model, the_version, coalesce(latest.revision, 0) + 1, p_actor, p_mapping);
  PERFORM write_audit(p_actor, 'mapping.save', 'version:' || p_model || '/' || p_version,
    CASE WHEN latest.mapping IS NOT NULL THEN jsonb_build_object('mapping', latest.mapping) END,
    jsonb_build_object('mapping', p_mapping));
END
$$;
