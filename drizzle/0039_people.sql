-- What the identity provider opens is in the audit log: a person it makes, and its first sign-in to one there already.
-- A trigger, since better-auth writes these rows: the way in and the event are there together or not at all.
CREATE FUNCTION audit_provider_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_event (actor, action, subject, after)
    SELECT NEW.provider_id,
      CASE WHEN EXISTS (SELECT 1 FROM person_account a WHERE a.person_id = NEW.person_id AND a.account_id <> NEW.account_id)
        THEN 'person.link' ELSE 'person.create' END,
      'person:' || email, jsonb_build_object('role', role, 'provider', NEW.provider_id)
    FROM person WHERE person_id = NEW.person_id;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER person_account_audit AFTER INSERT ON person_account
  FOR EACH ROW WHEN (NEW.provider_id <> 'credential') EXECUTE FUNCTION audit_provider_account();
--> statement-breakpoint
-- As 0023's, and the links they made that nobody used stop with their right to make them; so do the ways to a new
-- password of who is shut out, which would work again once they are let in.
CREATE OR REPLACE FUNCTION change_person(p_id text, p_role text, p_disabled boolean, p_models jsonb, p_actor text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  before jsonb;
  after jsonb;
  each record;
  mail text;
  links integer := 0;
BEGIN
  -- Two admins who take each other's role at once must not leave none.
  PERFORM 1 FROM person WHERE role = 'admin' OR person_id = p_id ORDER BY person_id FOR UPDATE;
  before := person_rights(p_id);
  IF before IS NULL THEN RETURN 'no-person'; END IF;
  IF before->>'role' = 'admin' AND NOT (before->>'disabled')::boolean
      AND (coalesce(p_role, 'admin') <> 'admin' OR coalesce(p_disabled, false))
      AND NOT EXISTS (SELECT 1 FROM person WHERE role = 'admin' AND disabled_at IS NULL AND person_id <> p_id) THEN
    RETURN 'last-admin';
  END IF;
  FOR each IN SELECT w.value->>'model' AS model, w.value->>'role' AS role, m.model_id
      FROM jsonb_array_elements(p_models) AS w LEFT JOIN model m ON m.name = w.value->>'model'
  LOOP
    IF each.model_id IS NULL THEN RETURN 'no-model'; END IF;
  END LOOP;
  UPDATE person SET role = coalesce(p_role, role), updated_at = now(),
      disabled_at = CASE p_disabled WHEN true THEN coalesce(disabled_at, now()) WHEN false THEN NULL ELSE disabled_at END
    WHERE person_id = p_id RETURNING email INTO mail;
  FOR each IN SELECT w.value->>'role' AS role, m.model_id
      FROM jsonb_array_elements(p_models) AS w JOIN model m ON m.name = w.value->>'model'
  LOOP
    IF each.role IS NULL THEN
      DELETE FROM person_model_role WHERE model_id = each.model_id AND person_id = p_id;
    ELSE
      INSERT INTO person_model_role (model_id, person_id, role) VALUES (each.model_id, p_id, each.role)
        ON CONFLICT (model_id, person_id) DO UPDATE SET role = excluded.role;
    END IF;
  END LOOP;
  IF p_disabled THEN DELETE FROM person_session WHERE person_id = p_id; END IF;
  after := person_rights(p_id);
  IF (after->>'disabled')::boolean OR after->>'role' <> 'admin' THEN
    DELETE FROM person_link WHERE used_at IS NULL
      AND (created_by = 'person:' || mail OR kind = 'reset' AND email = mail AND (after->>'disabled')::boolean);
    GET DIAGNOSTICS links = ROW_COUNT;
  END IF;
  IF after <> before THEN
    IF links > 0 THEN
      before := before || jsonb_build_object('unused_links', links);
      after := after || jsonb_build_object('unused_links', 0);
    END IF;
    INSERT INTO audit_event (actor, action, subject, before, after) VALUES (p_actor,
      CASE WHEN after->'disabled' = before->'disabled' THEN 'person.role'
        WHEN p_disabled THEN 'person.disable' ELSE 'person.enable' END,
      'person:' || mail, before, after);
  END IF;
  RETURN 'done';
END
$$;
--> statement-breakpoint
-- As 0023's, and a new password ends the other ways to one.
CREATE OR REPLACE FUNCTION use_link(
  p_hash text, p_email text, p_name text, p_password text, p_person_id text, p_account_id text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  link person_link;
  mail text;
  the_person text;
BEGIN
  -- Two who open the first link at once, or two first links, must not make two first admins.
  IF EXISTS (SELECT 1 FROM person_link WHERE hash = p_hash AND kind = 'first') THEN
    LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE;
  END IF;
  -- The person before their links, as everywhere: else two of their links, used at once, wait for each other.
  PERFORM 1 FROM person WHERE email = (SELECT l.email FROM person_link l WHERE l.hash = p_hash AND l.kind = 'reset')
    FOR UPDATE;
  UPDATE person_link SET used_at = now() WHERE hash = p_hash AND used_at IS NULL AND expires_at > now()
    RETURNING * INTO link;
  IF link IS NULL OR (link.kind = 'first' AND EXISTS (SELECT 1 FROM person)) THEN RETURN NULL; END IF;
  mail := coalesce(link.email, p_email);
  IF link.kind = 'reset' THEN
    SELECT person_id INTO the_person FROM person WHERE email = mail AND disabled_at IS NULL FOR UPDATE;
    IF the_person IS NULL THEN RETURN NULL; END IF;
    DELETE FROM person_session WHERE person_id = the_person;
    DELETE FROM person_link WHERE kind = 'reset' AND email = mail AND used_at IS NULL;
  ELSE
    INSERT INTO person (person_id, email, name, email_verified, role)
      VALUES (p_person_id, mail, p_name, true, link.role) ON CONFLICT (email) DO NOTHING RETURNING person_id INTO the_person;
    IF the_person IS NULL THEN RETURN NULL; END IF;
  END IF;
  INSERT INTO person_account (account_id, person_id, provider_id, provider_account_id, password)
    VALUES (p_account_id, the_person, 'credential', the_person, p_password)
    ON CONFLICT (provider_id, provider_account_id) DO UPDATE SET password = excluded.password, updated_at = now();
  INSERT INTO audit_event (actor, action, subject, after) VALUES (
    'person:' || mail, CASE link.kind WHEN 'reset' THEN 'person.password' ELSE 'person.join' END, 'person:' || mail,
    CASE link.kind WHEN 'reset' THEN jsonb_build_object('link_of', link.created_by)
      ELSE jsonb_build_object('role', link.role, 'invited_by', link.created_by) END);
  RETURN mail;
END
$$;
--> statement-breakpoint
-- What was made by people who may not any more.
DELETE FROM person_link l WHERE used_at IS NULL AND starts_with(created_by, 'person:')
  AND NOT EXISTS (SELECT 1 FROM person p WHERE 'person:' || p.email = l.created_by AND p.role = 'admin'
    AND p.disabled_at IS NULL)
  -- Of a forgotten password, which its own person was written down to have made.
  AND l.created_by <> 'person:' || coalesce(l.email, '');
