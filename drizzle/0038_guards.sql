-- Four eyes are counted by who somebody is: an address may change, or go to somebody else. Requests of before named it.
ALTER TABLE promotion DISABLE TRIGGER promotion_is_kept;
--> statement-breakpoint
UPDATE promotion q SET asked_person = 'person:' || p.person_id FROM person p WHERE q.asked_person = 'person:' || p.email;
--> statement-breakpoint
ALTER TABLE promotion ENABLE TRIGGER promotion_is_kept;
--> statement-breakpoint
ALTER TABLE promotion_event DISABLE TRIGGER promotion_event_is_kept;
--> statement-breakpoint
UPDATE promotion_event e SET person = 'person:' || p.person_id FROM person p WHERE e.person = 'person:' || p.email;
--> statement-breakpoint
ALTER TABLE promotion_event ENABLE TRIGGER promotion_event_is_kept;
--> statement-breakpoint
-- Nor is a version made in a protected stage. AFTER, since BEFORE would also refuse a row that turns out to be there.
CREATE FUNCTION guard_new_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF warrant() = '' AND promotion_rule(NEW.model_id, 'stage', NEW.stage) IS NOT NULL THEN
    PERFORM refuse_protected(NEW.model_id, 'stage', NEW.stage, NULL);
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER new_version_is_guarded AFTER INSERT ON model_version
  FOR EACH ROW WHEN (NEW.stage <> 'None') EXECUTE FUNCTION guard_new_version();
--> statement-breakpoint
-- A version made anew under the name of a deleted one was never where that one was. Which changes were there before it,
-- its own time of creation cannot tell: an imported version has the time that it was created elsewhere.
ALTER TABLE model_version ADD COLUMN made_after bigint NOT NULL DEFAULT 0;
--> statement-breakpoint
UPDATE model_version v SET made_after = coalesce((
  SELECT max(c.change_id) FROM model_change c WHERE c.model_id = v.model_id AND c.at < v.created_at), 0);
--> statement-breakpoint
CREATE FUNCTION note_made_after() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.made_after := coalesce((SELECT max(c.change_id) FROM model_change c WHERE c.model_id = NEW.model_id), 0);
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER version_knows_what_was_before BEFORE INSERT ON model_version
  FOR EACH ROW EXECUTE FUNCTION note_made_after();
--> statement-breakpoint
-- The version that left Production last, is still there and is not in Production now; null where there is none. Where
-- Production is protected, one that an override had put there comes after all others.
CREATE OR REPLACE FUNCTION former_production(p_model_id integer) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT c.subject FROM model_change c
    JOIN model_version v ON v.model_id = c.model_id AND v.name = c.subject AND v.stage <> 'Production'
      AND c.change_id > v.made_after
    WHERE c.model_id = p_model_id AND c.kind = 'stage' AND c."from" = 'Production'
    ORDER BY promotion_rule(p_model_id, 'stage', 'Production') IS NOT NULL AND coalesce((
        SELECT w.warrant = 'override' FROM model_change w
        WHERE w.model_id = p_model_id AND w.kind = 'stage' AND w.subject = c.subject AND w."to" = 'Production'
          AND w.change_id < c.change_id ORDER BY w.change_id DESC LIMIT 1), false),
      c.change_id DESC LIMIT 1
$$;
--> statement-breakpoint
-- The version that an alias pointed at last and that is still there; null where there is none.
CREATE OR REPLACE FUNCTION former_of_alias(p_model_id integer, p_alias text) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT c."from" FROM model_change c
    JOIN model_version v ON v.model_id = c.model_id AND v.name = c."from" AND c.change_id > v.made_after
    WHERE c.model_id = p_model_id AND c.kind = 'alias' AND c.subject = p_alias AND c."from" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM model_alias a
        WHERE a.model_id = p_model_id AND a.alias = p_alias AND a.version_id = v.version_id)
    ORDER BY promotion_rule(p_model_id, 'alias', p_alias) IS NOT NULL AND coalesce((
        SELECT w.warrant = 'override' FROM model_change w
        WHERE w.model_id = p_model_id AND w.kind = 'alias' AND w.subject = p_alias AND w."to" = c."from"
          AND w.change_id < c.change_id ORDER BY w.change_id DESC LIMIT 1), false),
      c.change_id DESC LIMIT 1
$$;
