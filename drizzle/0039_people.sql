-- What the identity provider opens is in the audit log: a person it makes, and its first sign-in to one there already.
-- A trigger, since better-auth writes these rows: the way in and the event are there together or not at all.
CREATE FUNCTION audit_provider_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_event (actor, action, subject, after)
    SELECT NEW.provider_id,
      CASE WHEN EXISTS (SELECT 1 FROM person_account a WHERE a.person_id = NEW.person_id AND a.account_id <> NEW.account_id)
        THEN 'person.link' ELSE 'person.join' END,
      'person:' || email, jsonb_build_object('role', role, 'provider', NEW.provider_id)
    FROM person WHERE person_id = NEW.person_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER person_account_audit AFTER INSERT ON person_account
  FOR EACH ROW WHEN (NEW.provider_id <> 'credential') EXECUTE FUNCTION audit_provider_account();
