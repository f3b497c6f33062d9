-- Gates on drift, data quality, label coverage and live metrics are judged by the version's baseline, thresholds and schema,
-- which whoever reviews drift may change: a request that rests on such gates lapses with them.

-- By what a version is measured; null where no gate of the rule asks for it.
CREATE FUNCTION promotion_measure(p_model_id integer, p_version text, p_rule jsonb) RETURNS jsonb STABLE LANGUAGE sql AS $$
  SELECT jsonb_build_object(
    'baseline', v.baseline_id,
    'settings', v.settings,
    'positive_class', (SELECT m.positive_class FROM model m WHERE m.model_id = p_model_id),
    'features', (SELECT coalesce(jsonb_object_agg(f.feature_id, jsonb_build_array(f.type, f.monitored, f.thresholds)), '{}')
      FROM feature f WHERE f.model_id = v.model_id AND f.version_id = v.version_id))
  FROM model_version v
  WHERE v.model_id = p_model_id AND v.name = p_version AND EXISTS (
    SELECT 1 FROM jsonb_array_elements(p_rule->'gates') AS g (gate)
    WHERE gate->>'kind' IN ('drift', 'quality', 'coverage') OR gate->>'source' = 'live')
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION promotion_mark(
  p_model_id integer, p_version text, p_kind text, p_target text, p_evidence uuid[]
) RETURNS jsonb STABLE LANGUAGE sql AS $$
  SELECT jsonb_build_object(
    'files', (SELECT jsonb_build_array(v.source, v.storage_location, v.run_id, v.logged_model_id) FROM model_version v
      WHERE v.model_id = p_model_id AND v.name = p_version),
    'card', (SELECT coalesce(max(c.revision), 0) FROM model_card c JOIN model_version v USING (model_id, version_id)
      WHERE v.model_id = p_model_id AND v.name = p_version),
    'rule', promotion_rule(p_model_id, p_kind, p_target),
    'measure', promotion_measure(p_model_id, p_version, promotion_rule(p_model_id, p_kind, p_target)),
    'held', (SELECT coalesce(jsonb_agg(v.name ORDER BY v.version_id), '[]') FROM model_version v
      WHERE v.model_id = p_model_id AND CASE p_kind WHEN 'stage' THEN v.stage = p_target
        ELSE EXISTS (SELECT 1 FROM model_alias a
          WHERE a.model_id = v.model_id AND a.version_id = v.version_id AND a.alias = p_target) END),
    'evidence', (SELECT coalesce(jsonb_object_agg(e.evaluation_id, e.state), '{}') FROM evaluation e
      WHERE e.model_id = p_model_id AND e.evaluation_id = ANY (p_evidence)))
$$;
--> statement-breakpoint
-- Requests of before have no measure in their mark, and do not lapse by it.
CREATE OR REPLACE FUNCTION promotion_lapse(p_version text, p_target text, p_was jsonb, p_now jsonb, p_expires_at timestamptz)
RETURNS text STABLE LANGUAGE sql AS $$
  SELECT CASE
    WHEN p_now->'files' = 'null' THEN format('version %s was deleted', p_version)
    WHEN p_now->'rule' = 'null' THEN format('%s is not protected any more', p_target)
    WHEN p_was->'files' <> p_now->'files' THEN format('the files of version %s are others now', p_version)
    WHEN p_was->'rule' <> p_now->'rule' THEN format('the gates or approvals for %s were changed', p_target)
    WHEN p_was->'measure' <> p_now->'measure'
      THEN format('the %s of version %s changed, by which its gates on live predictions were judged', (
        SELECT string_agg(replace(was.key, '_', ' '), ' and ' ORDER BY was.key) FROM jsonb_each(p_was->'measure') AS was
        WHERE was.value IS DISTINCT FROM p_now->'measure'->was.key), p_version)
    WHEN p_was->'card' <> p_now->'card'
      THEN format('the model card was changed: revision %s then, %s now', p_was->>'card', p_now->>'card')
    WHEN p_was->'held' <> p_now->'held' THEN format('%s held %s then and holds %s now', p_target,
      (SELECT coalesce('version ' || string_agg(each, ' and '), 'nothing') FROM jsonb_array_elements_text(p_was->'held') each),
      (SELECT coalesce('version ' || string_agg(each, ' and '), 'nothing') FROM jsonb_array_elements_text(p_now->'held') each))
    WHEN p_was->'evidence' <> p_now->'evidence' THEN (
      SELECT format('evidence %s was %s then and is %s now', left(was.key, 8), was.value, coalesce(p_now->'evidence'->>was.key, 'gone'))
      FROM jsonb_each_text(p_was->'evidence') AS was WHERE was.value IS DISTINCT FROM p_now->'evidence'->>was.key LIMIT 1)
    WHEN p_expires_at <= clock_timestamp() THEN 'the evidence has become older than the gates allow'
  END
$$;
--> statement-breakpoint
CREATE TRIGGER measure_lapses_promotions AFTER UPDATE OF baseline_id, settings ON model_version
  FOR EACH ROW WHEN (OLD.baseline_id <> NEW.baseline_id OR OLD.settings IS DISTINCT FROM NEW.settings)
  EXECUTE FUNCTION lapse_after();
--> statement-breakpoint
CREATE TRIGGER feature_lapses_promotions AFTER UPDATE OF type, monitored, thresholds ON feature
  FOR EACH ROW WHEN ((OLD.type, OLD.monitored, OLD.thresholds) IS DISTINCT FROM (NEW.type, NEW.monitored, NEW.thresholds))
  EXECUTE FUNCTION lapse_after();
--> statement-breakpoint
CREATE TRIGGER positive_class_lapses_promotions AFTER UPDATE OF positive_class ON model
  FOR EACH ROW WHEN (OLD.positive_class IS DISTINCT FROM NEW.positive_class) EXECUTE FUNCTION lapse_after();
