-- People, who they are signed in as, and what keys are theirs. person, person_session, person_account and
-- person_verification are read and written by better-auth (lib/people/tables.ts); the rest is ours.

CREATE TABLE person (
  person_id text PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  name text NOT NULL,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  role text NOT NULL CHECK (role IN ('viewer', 'analyst', 'reviewer', 'admin')),
  -- People are shut out, never deleted: what they did stays theirs.
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE person_session (
  session_id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES person ON DELETE CASCADE,
  token text NOT NULL UNIQUE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX person_session_person ON person_session (person_id);
--> statement-breakpoint
-- A way to sign in: provider_id is "credential" for a password, "oidc" for the identity provider.
CREATE TABLE person_account (
  account_id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES person ON DELETE CASCADE,
  provider_id text NOT NULL,
  provider_account_id text NOT NULL,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, provider_account_id)
);
--> statement-breakpoint
CREATE INDEX person_account_person ON person_account (person_id);
--> statement-breakpoint
-- Sign-ins by the identity provider that are under way.
CREATE TABLE person_verification (
  verification_id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE INDEX person_verification_identifier ON person_verification (identifier);
--> statement-breakpoint
-- What a person may do with one model, in place of their role.
CREATE TABLE person_model_role (
  model_id integer NOT NULL REFERENCES model,
  person_id text NOT NULL REFERENCES person,
  role text NOT NULL CHECK (role IN ('viewer', 'analyst', 'reviewer', 'admin')),
  PRIMARY KEY (model_id, person_id)
);
--> statement-breakpoint
-- One-time links: first (makes the first admin), invite, reset. Of the token in the link only the SHA-256 is kept.
CREATE TABLE person_link (
  hash text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('first', 'invite', 'reset')),
  -- null: who opens the first link says it.
  email text,
  role text CHECK (role IN ('viewer', 'analyst', 'reviewer', 'admin')),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
--> statement-breakpoint
ALTER TABLE api_key
  -- null: a service's. A person's key may do what its scopes say and the person may do, whichever is less.
  ADD COLUMN person_id text REFERENCES person,
  ADD COLUMN expires_at timestamptz;
--> statement-breakpoint
CREATE FUNCTION person_rights(p_id text) RETURNS jsonb STABLE LANGUAGE sql AS $$
  SELECT jsonb_build_object('role', p.role, 'disabled', p.disabled_at IS NOT NULL, 'models', coalesce(
    (SELECT jsonb_object_agg(m.name, r.role) FROM person_model_role r JOIN model m USING (model_id)
      WHERE r.person_id = p.person_id), '{}'))
  FROM person p WHERE p.person_id = p_id
$$;
--> statement-breakpoint
-- Changes what a person may do; null leaves a thing as it is. Who is shut out loses their sessions.
CREATE FUNCTION change_person(p_id text, p_role text, p_disabled boolean, p_models jsonb, p_actor text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  before jsonb;
  after jsonb;
  each record;
  mail text;
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
  IF after <> before THEN
    INSERT INTO audit_event (actor, action, subject, before, after) VALUES (p_actor,
      CASE WHEN after->'disabled' = before->'disabled' THEN 'person.role'
        WHEN p_disabled THEN 'person.disable' ELSE 'person.enable' END,
      'person:' || mail, before, after);
  END IF;
  RETURN 'done';
END
$$;
--> statement-breakpoint
-- Uses a one-time link: makes its person, or sets a new password and ends every session of theirs.
CREATE FUNCTION use_link(
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
  UPDATE person_link SET used_at = now() WHERE hash = p_hash AND used_at IS NULL AND expires_at > now()
    RETURNING * INTO link;
  IF link IS NULL OR (link.kind = 'first' AND EXISTS (SELECT 1 FROM person)) THEN RETURN NULL; END IF;
  mail := coalesce(link.email, p_email);
  IF link.kind = 'reset' THEN
    SELECT person_id INTO the_person FROM person WHERE email = mail AND disabled_at IS NULL FOR UPDATE;
    IF the_person IS NULL THEN RETURN NULL; END IF;
    DELETE FROM person_session WHERE person_id = the_person;
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
