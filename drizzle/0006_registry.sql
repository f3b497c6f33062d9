-- What the registry says of models and versions, whether logged predictions made them or a client registered them.

ALTER TABLE model
  ADD COLUMN description text NOT NULL DEFAULT '',
  ADD COLUMN owner text,
  ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
  -- The highest number any of its versions ever had: numbers are not given twice.
  ADD COLUMN last_number integer NOT NULL DEFAULT 0;
--> statement-breakpoint
ALTER TABLE model_version
  -- What MLflow's clients count by; a version whose name is no number has none.
  ADD COLUMN number integer GENERATED ALWAYS AS (CASE WHEN name ~ '^[1-9][0-9]{0,8}$' THEN name::integer END) STORED,
  ADD COLUMN description text NOT NULL DEFAULT '',
  ADD COLUMN owner text,
  -- Where the model's files are as the client said, and where that was found to lead.
  ADD COLUMN source text NOT NULL DEFAULT '',
  ADD COLUMN storage_location text NOT NULL DEFAULT '',
  ADD COLUMN run_id text COLLATE "C",
  ADD COLUMN run_link text NOT NULL DEFAULT '',
  ADD COLUMN logged_model_id text COLLATE "C",
  ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
--> statement-breakpoint
UPDATE model SET updated_at = created_at;
--> statement-breakpoint
UPDATE model_version SET updated_at = created_at;
--> statement-breakpoint
CREATE INDEX model_version_by_run ON model_version (run_id) WHERE run_id IS NOT NULL;
--> statement-breakpoint
CREATE TABLE model_tag (
  model_id integer NOT NULL REFERENCES model ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (model_id, key)
);
--> statement-breakpoint
CREATE TABLE version_tag (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (model_id, version_id, key),
  FOREIGN KEY (model_id, version_id) REFERENCES model_version ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TABLE model_alias (
  model_id integer NOT NULL,
  alias text COLLATE "C" NOT NULL,
  version_id integer NOT NULL,
  PRIMARY KEY (model_id, alias),
  FOREIGN KEY (model_id, version_id) REFERENCES model_version ON DELETE CASCADE
);
--> statement-breakpoint
-- Each move of a stage or an alias, in the words of the day: it outlives what it speaks of. Only ever added to.
CREATE TABLE model_change (
  model_id integer NOT NULL,
  change_id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('stage', 'alias')),
  model text NOT NULL,
  -- stage: the version that moved. alias: the alias.
  subject text NOT NULL,
  -- stage: a stage. alias: a version, null where there was none or is none any more.
  "from" text,
  "to" text,
  why text,
  PRIMARY KEY (model_id, change_id)
);
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;
END
$$;
--> statement-breakpoint
CREATE TRIGGER model_change_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON model_change
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- The model's id and a lock on it, so that changes of its versions follow one another. Raises TM010 without one.
CREATE FUNCTION lock_model(p_model text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  found_id integer;
BEGIN
  SELECT model_id INTO found_id FROM model WHERE name = p_model FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TM010', MESSAGE = 'model';
  END IF;
  RETURN found_id;
END
$$;
--> statement-breakpoint
-- Raises TM010 where the model has no version of that name.
CREATE FUNCTION version_id_of(p_model_id integer, p_version text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  found_id integer;
BEGIN
  SELECT version_id INTO found_id FROM model_version WHERE model_id = p_model_id AND name = p_version;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TM010', MESSAGE = 'version';
  END IF;
  RETURN found_id;
END
$$;
--> statement-breakpoint
CREATE FUNCTION write_audit(p_actor text, p_action text, p_subject text, p_before jsonb, p_after jsonb)
RETURNS void LANGUAGE sql AS $$
  INSERT INTO audit_event (actor, action, subject, before, after) VALUES (p_actor, p_action, p_subject, p_before, p_after)
$$;
--> statement-breakpoint
-- Makes a model. Raises unique_violation where the name is taken.
CREATE FUNCTION create_model(p_model text, p_description text, p_owner text, t_key text[], t_value text[], p_actor text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer;
BEGIN
  INSERT INTO model (name, description, owner) VALUES (p_model, p_description, p_owner) RETURNING model_id INTO the_model;
  INSERT INTO model_tag (model_id, key, value)
    SELECT DISTINCT ON (k) the_model, k, v FROM unnest(t_key, t_value) WITH ORDINALITY AS u (k, v, place)
    ORDER BY k, place DESC;
  PERFORM write_audit(p_actor, 'model.create', 'model:' || p_model, NULL, jsonb_build_object('description', p_description));
END
$$;
--> statement-breakpoint
-- Makes the model's next version and gives its name, which is its number.
CREATE FUNCTION create_model_version(
  p_model text, p_source text, p_storage text, p_run text, p_run_link text, p_logged_model text, p_description text,
  p_owner text, t_key text[], t_value text[], p_actor text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_number integer;
  the_version integer;
BEGIN
  SELECT greatest(m.last_number, (SELECT max(v.number) FROM model_version v WHERE v.model_id = the_model), 0) + 1
    INTO the_number FROM model m WHERE m.model_id = the_model;
  UPDATE model SET last_number = the_number, updated_at = now() WHERE model_id = the_model;
  INSERT INTO model_version (model_id, version_id, name, source, storage_location, run_id, run_link, logged_model_id,
      description, owner)
    SELECT the_model, coalesce(max(version_id), 0) + 1, the_number::text, p_source, p_storage, p_run, p_run_link,
      p_logged_model, p_description, p_owner
    FROM model_version WHERE model_id = the_model
    RETURNING version_id INTO the_version;
  INSERT INTO version_tag (model_id, version_id, key, value)
    SELECT DISTINCT ON (k) the_model, the_version, k, v FROM unnest(t_key, t_value) WITH ORDINALITY AS u (k, v, place)
    ORDER BY k, place DESC;
  PERFORM write_audit(p_actor, 'version.create', 'version:' || p_model || '/' || the_number, NULL,
    jsonb_build_object('source', p_source, 'run_id', p_run, 'description', p_description));
  RETURN the_number::text;
END
$$;
--> statement-breakpoint
-- Moves a version to a stage; with p_archive the others in that stage are archived in the same statement.
CREATE FUNCTION transition_stage(
  p_model text, p_version text, p_stage text, p_archive boolean, p_actor text, p_why text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_version integer := version_id_of(the_model, p_version);
BEGIN
  WITH moved AS (
    SELECT v.version_id, v.name, v.stage AS before,
      CASE WHEN v.version_id = the_version THEN p_stage ELSE 'Archived' END AS after
    FROM model_version v
    WHERE v.model_id = the_model
      AND (v.version_id = the_version OR (p_archive AND v.stage = p_stage))
  ), written AS (
    UPDATE model_version v SET stage = moved.after, updated_at = clock_timestamp() FROM moved
    WHERE v.model_id = the_model AND v.version_id = moved.version_id
  ), changed AS (
    SELECT * FROM moved WHERE before <> after
  ), kept AS (
    INSERT INTO model_change (model_id, actor, kind, model, subject, "from", "to", why)
      SELECT the_model, p_actor, 'stage', p_model, name, before, after, p_why FROM changed ORDER BY version_id = the_version
  )
  INSERT INTO audit_event (actor, action, subject, before, after)
    SELECT p_actor, 'version.stage', 'version:' || p_model || '/' || name, jsonb_build_object('stage', before),
      jsonb_strip_nulls(jsonb_build_object('stage', after, 'why', p_why))
    FROM changed ORDER BY version_id = the_version;
  UPDATE model SET updated_at = clock_timestamp() WHERE model_id = the_model;
END
$$;
--> statement-breakpoint
-- Points an alias at a version; null takes it away.
CREATE FUNCTION set_model_alias(p_model text, p_alias text, p_version text, p_actor text, p_why text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_version integer := CASE WHEN p_version IS NOT NULL THEN version_id_of(the_model, p_version) END;
  before text;
BEGIN
  SELECT v.name INTO before FROM model_alias a JOIN model_version v USING (model_id, version_id)
    WHERE a.model_id = the_model AND a.alias = p_alias;
  IF before IS NOT DISTINCT FROM p_version THEN
    RETURN;
  END IF;
  IF the_version IS NULL THEN
    DELETE FROM model_alias WHERE model_id = the_model AND alias = p_alias;
  ELSE
    INSERT INTO model_alias (model_id, alias, version_id) VALUES (the_model, p_alias, the_version)
      ON CONFLICT (model_id, alias) DO UPDATE SET version_id = excluded.version_id;
  END IF;
  INSERT INTO model_change (model_id, actor, kind, model, subject, "from", "to", why)
    VALUES (the_model, p_actor, 'alias', p_model, p_alias, before, p_version, p_why);
  PERFORM write_audit(p_actor, 'model.alias', 'model:' || p_model, jsonb_build_object('alias', p_alias, 'version', before),
    jsonb_build_object('alias', p_alias, 'version', p_version));
  UPDATE model SET updated_at = clock_timestamp() WHERE model_id = the_model;
END
$$;
--> statement-breakpoint
-- Takes a version, or with p_version null the whole model, out of the registry. What predictions were logged for is
-- evidence and stays: TM013.
CREATE FUNCTION delete_registered(p_model text, p_version text, p_actor text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_version integer := CASE WHEN p_version IS NOT NULL THEN version_id_of(the_model, p_version) END;
  lost record;
BEGIN
  IF EXISTS (SELECT 1 FROM feature WHERE model_id = the_model AND version_id = coalesce(the_version, version_id))
    OR EXISTS (SELECT 1 FROM traffic_summary WHERE model_id = the_model AND version_id = coalesce(the_version, version_id))
    OR EXISTS (SELECT 1 FROM baseline WHERE model_id = the_model AND version_id = coalesce(the_version, version_id))
    OR (the_version IS NULL AND EXISTS (SELECT 1 FROM label WHERE model_id = the_model))
  THEN
    RAISE EXCEPTION USING ERRCODE = 'TM013', MESSAGE = 'has data';
  END IF;
  FOR lost IN
    SELECT a.alias, v.name FROM model_alias a JOIN model_version v USING (model_id, version_id)
    WHERE a.model_id = the_model AND a.version_id = coalesce(the_version, a.version_id)
  LOOP
    PERFORM set_model_alias(p_model, lost.alias, NULL, p_actor, CASE WHEN p_version IS NULL THEN 'the model was deleted' ELSE 'its version was deleted' END);
  END LOOP;
  UPDATE model SET updated_at = clock_timestamp(),
      last_number = greatest(last_number, (SELECT max(number) FROM model_version
        WHERE model_id = the_model AND version_id = coalesce(the_version, version_id)))
    WHERE model_id = the_model;
  PERFORM write_audit(p_actor, 'version.delete', 'version:' || p_model || '/' || name,
      jsonb_build_object('stage', stage, 'source', source, 'run_id', run_id), NULL)
    FROM model_version WHERE model_id = the_model AND version_id = coalesce(the_version, version_id);
  DELETE FROM model_version WHERE model_id = the_model AND version_id = coalesce(the_version, version_id);
  IF p_version IS NULL THEN
    DELETE FROM class WHERE model_id = the_model;
    DELETE FROM model WHERE model_id = the_model;
    PERFORM write_audit(p_actor, 'model.delete', 'model:' || p_model, jsonb_build_object('name', p_model), NULL);
  END IF;
END
$$;
--> statement-breakpoint
-- Raises unique_violation where the new name is taken. Versions' revisions move: who logs under the old name must not
-- go on writing here.
CREATE FUNCTION rename_model(p_model text, p_name text, p_actor text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
BEGIN
  UPDATE model SET name = p_name, updated_at = clock_timestamp() WHERE model_id = the_model;
  UPDATE model_version SET revision = revision + 1 WHERE model_id = the_model;
  PERFORM write_audit(p_actor, 'model.rename', 'model:' || p_name, jsonb_build_object('name', p_model),
    jsonb_build_object('name', p_name));
END
$$;
