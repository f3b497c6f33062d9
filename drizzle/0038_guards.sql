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
