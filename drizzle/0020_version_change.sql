-- What people change of a version on its pages: everything in one statement, held against what they saw.

ALTER TABLE model_change
  DROP CONSTRAINT model_change_kind_check,
  ADD CONSTRAINT model_change_kind_check CHECK (kind IN ('stage', 'alias', 'description', 'owner', 'tag')),
  -- tag: the version that carries it. description and owner have the version as their subject, as a stage has.
  ADD COLUMN version text;
--> statement-breakpoint
-- What a person sees of a version, as a mark: the latest move of a stage or an alias of its model (a promotion of one
-- version archives another), and a digest of the version's own words.
CREATE FUNCTION version_revision(p_model_id integer, p_version_id integer) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT coalesce((SELECT max(c.change_id) FROM model_change c
      WHERE c.model_id = p_model_id AND c.kind IN ('stage', 'alias')), 0)
    || '.' || left(md5(jsonb_build_array(v.description, v.owner,
      (SELECT jsonb_object_agg(t.key, t.value) FROM version_tag t
        WHERE t.model_id = p_model_id AND t.version_id = p_version_id))::text), 12)
  FROM model_version v WHERE v.model_id = p_model_id AND v.version_id = p_version_id
$$;
--> statement-breakpoint
-- Changes stage, aliases (the whole set), tags (null takes one away), description and owner: what p_change holds, all or
-- nothing. Raises TM014 where p_revision is not null and not the version's any more.
CREATE FUNCTION change_version(
  p_model text, p_version text, p_revision text, p_change jsonb, p_actor text, p_why text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_version integer := version_id_of(the_model, p_version);
  former record;
  each record;
  before jsonb := '{}';
  after jsonb := '{}';
BEGIN
  IF p_revision <> version_revision(the_model, the_version) THEN
    RAISE EXCEPTION USING ERRCODE = 'TM014', MESSAGE = 'stale';
  END IF;
  IF p_change ? 'stage' THEN
    PERFORM transition_stage(p_model, p_version, p_change->>'stage', coalesce((p_change->>'archive')::boolean, false),
      p_actor, p_why);
  END IF;
  IF p_change ? 'aliases' THEN
    FOR each IN SELECT a.alias FROM model_alias a WHERE a.model_id = the_model AND a.version_id = the_version
        AND NOT (p_change->'aliases') ? a.alias ORDER BY 1
    LOOP
      PERFORM set_model_alias(p_model, each.alias, NULL, p_actor, p_why);
    END LOOP;
    FOR each IN SELECT DISTINCT a.alias FROM jsonb_array_elements_text(p_change->'aliases') AS a (alias) ORDER BY 1 LOOP
      PERFORM set_model_alias(p_model, each.alias, p_version, p_actor, p_why);
    END LOOP;
  END IF;
  SELECT description, owner INTO former FROM model_version WHERE model_id = the_model AND version_id = the_version;
  IF p_change ? 'description' AND p_change->>'description' <> former.description THEN
    UPDATE model_version SET description = p_change->>'description' WHERE model_id = the_model AND version_id = the_version;
    INSERT INTO model_change (model_id, actor, kind, model, subject, "from", "to", why)
      VALUES (the_model, p_actor, 'description', p_model, p_version, former.description, p_change->>'description', p_why);
    before := before || jsonb_build_object('description', former.description);
    after := after || jsonb_build_object('description', p_change->>'description');
  END IF;
  IF p_change ? 'owner' AND p_change->>'owner' IS DISTINCT FROM former.owner THEN
    UPDATE model_version SET owner = p_change->>'owner' WHERE model_id = the_model AND version_id = the_version;
    INSERT INTO model_change (model_id, actor, kind, model, subject, "from", "to", why)
      VALUES (the_model, p_actor, 'owner', p_model, p_version, former.owner, p_change->>'owner', p_why);
    before := before || jsonb_build_object('owner', former.owner);
    after := after || jsonb_build_object('owner', p_change->>'owner');
  END IF;
  FOR each IN SELECT w.key, w.value, t.value AS held FROM jsonb_each_text(coalesce(p_change->'tags', '{}')) AS w
      LEFT JOIN version_tag t ON t.model_id = the_model AND t.version_id = the_version AND t.key = w.key
      WHERE w.value IS DISTINCT FROM t.value ORDER BY w.key COLLATE "C"
  LOOP
    IF each.value IS NULL THEN
      DELETE FROM version_tag WHERE model_id = the_model AND version_id = the_version AND key = each.key;
    ELSE
      INSERT INTO version_tag (model_id, version_id, key, value) VALUES (the_model, the_version, each.key, each.value)
        ON CONFLICT (model_id, version_id, key) DO UPDATE SET value = excluded.value;
    END IF;
    INSERT INTO model_change (model_id, actor, kind, model, subject, version, "from", "to", why)
      VALUES (the_model, p_actor, 'tag', p_model, each.key, p_version, each.held, each.value, p_why);
    before := before || jsonb_build_object('tag ' || each.key, each.held);
    after := after || jsonb_build_object('tag ' || each.key, each.value);
  END LOOP;
  IF after <> '{}' THEN
    UPDATE model_version SET updated_at = clock_timestamp() WHERE model_id = the_model AND version_id = the_version;
    PERFORM write_audit(p_actor, 'version.describe', 'version:' || p_model || '/' || p_version, before,
      after || CASE WHEN p_why IS NULL THEN '{}' ELSE jsonb_build_object('why', p_why) END);
  END IF;
END
$$;
--> statement-breakpoint
-- The version that left Production last, is still there and is not in Production now; null where there is none.
CREATE FUNCTION former_production(p_model_id integer) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT c.subject FROM model_change c
    JOIN model_version v ON v.model_id = c.model_id AND v.name = c.subject AND v.stage <> 'Production'
    WHERE c.model_id = p_model_id AND c.kind = 'stage' AND c."from" = 'Production'
    ORDER BY c.change_id DESC LIMIT 1
$$;
--> statement-breakpoint
-- Puts it back in place of what is there now, and gives its name; null where there is none. Raises TM014 where p_to
-- names another.
CREATE FUNCTION roll_back_production(p_model text, p_to text, p_actor text, p_why text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  former text := former_production(the_model);
BEGIN
  IF p_to IS DISTINCT FROM former AND p_to IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TM014', MESSAGE = coalesce(former, '');
  END IF;
  IF former IS NOT NULL THEN
    PERFORM transition_stage(p_model, former, 'Production', true, p_actor, p_why);
  END IF;
  RETURN former;
END
$$;
