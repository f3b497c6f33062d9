-- Four eyes are held by the table itself, whatever function, program or person writes to it: who asked is no approval.
CREATE FUNCTION refuse_own_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM promotion p WHERE p.model_id = NEW.model_id AND p.promotion_id = NEW.promotion_id
      AND p.asked_person = NEW.person) THEN
    RAISE EXCEPTION USING ERRCODE = 'TM044', MESSAGE = 'own';
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER promotion_event_has_other_eyes BEFORE INSERT ON promotion_event
  FOR EACH ROW WHEN (NEW.kind = 'approve') EXECUTE FUNCTION refuse_own_approval();
