-- Model cards as people write them. A save adds a revision; the former ones stay for as long as the version does.

CREATE TABLE model_card (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  revision integer NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  why text,
  yaml text NOT NULL,
  PRIMARY KEY (model_id, version_id, revision),
  FOREIGN KEY (model_id, version_id) REFERENCES model_version ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TRIGGER model_card_is_kept BEFORE UPDATE OR TRUNCATE ON model_card
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Adds a revision and gives its number. Raises TM014 where p_former, the revision that was edited (0 = none), is not
-- the latest.
CREATE FUNCTION save_model_card(
  p_model text, p_version text, p_former integer, p_yaml text, p_actor text, p_why text
) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_version integer := version_id_of(the_model, p_version);
  latest record;
BEGIN
  SELECT revision, yaml INTO latest FROM model_card
    WHERE model_id = the_model AND version_id = the_version ORDER BY revision DESC LIMIT 1;
  IF p_former <> coalesce(latest.revision, 0) THEN
    RAISE EXCEPTION USING ERRCODE = 'TM014', MESSAGE = 'stale';
  END IF;
  IF latest.yaml = p_yaml THEN
    RETURN latest.revision;
  END IF;
  INSERT INTO model_card (model_id, version_id, revision, actor, why, yaml)
    VALUES (the_model, the_version, coalesce(latest.revision, 0) + 1, p_actor, p_why, p_yaml);
  PERFORM write_audit(p_actor, 'card.save', 'version:' || p_model || '/' || p_version,
    CASE WHEN latest.yaml IS NOT NULL THEN jsonb_build_object('revision', latest.revision, 'card', latest.yaml) END,
    jsonb_strip_nulls(jsonb_build_object('revision', coalesce(latest.revision, 0) + 1, 'card', p_yaml, 'why', p_why)));
  RETURN coalesce(latest.revision, 0) + 1;
END
$$;
