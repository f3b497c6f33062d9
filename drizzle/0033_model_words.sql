-- What people change of a model as a whole on its page: its description, owner and tags, held against what they saw.

CREATE FUNCTION model_revision(p_model_id integer) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT left(md5(jsonb_build_array(m.description, m.owner,
    (SELECT jsonb_object_agg(t.key, t.value) FROM model_tag t WHERE t.model_id = p_model_id))::text), 12)
  FROM model m WHERE m.model_id = p_model_id
$$;
--> statement-breakpoint
-- Changes what p_change holds of description, owner and tags (null takes one away), all or nothing. Raises TM010 without
-- the model, TM014 where p_revision is not null and not the model's any more.
CREATE FUNCTION change_model(p_model text, p_revision text, p_change jsonb, p_actor text, p_why text) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  former record;
  each record;
  before jsonb := '{}';
  after jsonb := '{}';
BEGIN
  IF p_revision <> model_revision(the_model) THEN
    RAISE EXCEPTION USING ERRCODE = 'TM014', MESSAGE = 'stale';
  END IF;
  SELECT description, owner INTO former FROM model WHERE model_id = the_model;
  IF p_change ? 'description' AND p_change->>'description' <> former.description THEN
    before := before || jsonb_build_object('description', former.description);
    after := after || jsonb_build_object('description', p_change->>'description');
  END IF;
  IF p_change ? 'owner' AND p_change->>'owner' IS DISTINCT FROM former.owner THEN
    before := before || jsonb_build_object('owner', former.owner);
    after := after || jsonb_build_object('owner', p_change->>'owner');
  END IF;
  FOR each IN SELECT w.key, w.value, t.value AS held FROM jsonb_each_text(coalesce(p_change->'tags', '{}')) AS w
      LEFT JOIN model_tag t ON t.model_id = the_model AND t.key = w.key
      WHERE w.value IS DISTINCT FROM t.value ORDER BY w.key COLLATE "C"
  LOOP
    IF each.value IS NULL THEN
      DELETE FROM model_tag WHERE model_id = the_model AND key = each.key;
    ELSE
      INSERT INTO model_tag (model_id, key, value) VALUES (the_model, each.key, each.value)
        ON CONFLICT (model_id, key) DO UPDATE SET value = excluded.value;
    END IF;
    before := before || jsonb_build_object('tag ' || each.key, each.held);
    after := after || jsonb_build_object('tag ' || each.key, each.value);
  END LOOP;
  IF after <> '{}' THEN
    UPDATE model SET updated_at = clock_timestamp(),
        description = CASE WHEN after ? 'description' THEN after->>'description' ELSE description END,
        owner = CASE WHEN after ? 'owner' THEN after->>'owner' ELSE owner END
      WHERE model_id = the_model;
    PERFORM write_audit(p_actor, 'model.describe', 'model:' || p_model, before,
      after || CASE WHEN p_why IS NULL THEN '{}' ELSE jsonb_build_object('why', p_why) END);
  END IF;
END
$$;
