-- Who is told of changes in the registry, and what they are still to be told.

CREATE TABLE webhook (
  webhook_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  url text NOT NULL,
  -- Signs what is sent; never handed out again.
  secret text,
  events text[] NOT NULL,
  status text NOT NULL CHECK (status IN ('ACTIVE', 'DISABLED')),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- What became of the latest attempt. No status: nobody answered.
  last_at timestamptz,
  last_status integer,
  last_error text
);
--> statement-breakpoint
CREATE TABLE webhook_delivery (
  webhook_id uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
  delivery_id uuid NOT NULL DEFAULT gen_random_uuid(),
  event text NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts integer NOT NULL DEFAULT 0,
  -- When it is tried next; null once it was delivered or given up.
  next_at timestamptz DEFAULT clock_timestamp(),
  delivered_at timestamptz,
  last_status integer,
  last_error text,
  PRIMARY KEY (webhook_id, delivery_id)
);
--> statement-breakpoint
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE next_at IS NOT NULL;
--> statement-breakpoint
-- Leaves word for everybody who asked for it: it is there exactly when the change is.
CREATE FUNCTION announce(p_event text, p_data jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO webhook_delivery (webhook_id, event, data)
    SELECT webhook_id, p_event, p_data FROM webhook WHERE status = 'ACTIVE' AND p_event = ANY (events)
$$;
--> statement-breakpoint
CREATE FUNCTION announce_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  CASE NEW.kind
    WHEN 'stage' THEN
      PERFORM announce('model_version.stage_changed', jsonb_build_object('name', NEW.model, 'version', NEW.subject,
        'from', NEW."from", 'to', NEW."to", 'actor', NEW.actor, 'why', NEW.why));
    WHEN 'alias' THEN
      IF NEW."to" IS NULL THEN
        PERFORM announce('model_version_alias.deleted', jsonb_build_object('name', NEW.model, 'alias', NEW.subject));
      ELSE
        PERFORM announce('model_version_alias.created', jsonb_build_object('name', NEW.model, 'alias', NEW.subject,
          'version', NEW."to"));
      END IF;
    WHEN 'tag' THEN
      IF NEW."to" IS NULL THEN
        PERFORM announce('model_version_tag.deleted', jsonb_build_object('name', NEW.model, 'version', NEW.version,
          'key', NEW.subject));
      ELSE
        PERFORM announce('model_version_tag.set', jsonb_build_object('name', NEW.model, 'version', NEW.version,
          'key', NEW.subject, 'value', NEW."to"));
      END IF;
    ELSE NULL;
  END CASE;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER model_change_is_announced AFTER INSERT ON model_change
  FOR EACH ROW EXECUTE FUNCTION announce_change();
--> statement-breakpoint
-- What a client registered is written into the audit log when it is all there, tags included.
CREATE FUNCTION announce_registration() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  the_model text := split_part(substr(NEW.subject, strpos(NEW.subject, ':') + 1), '/', 1);
  the_version text := nullif(split_part(NEW.subject, '/', 2), '');
BEGIN
  IF NEW.action = 'model.create' THEN
    PERFORM announce('registered_model.created', (
      SELECT jsonb_build_object('name', m.name, 'description', nullif(m.description, ''), 'tags', coalesce(
        (SELECT jsonb_object_agg(t.key, t.value) FROM model_tag t WHERE t.model_id = m.model_id), '{}'))
      FROM model m WHERE m.name = the_model));
  ELSE
    PERFORM announce('model_version.created', (
      SELECT jsonb_build_object('name', m.name, 'version', v.name, 'source', v.source, 'run_id', v.run_id,
        'description', nullif(v.description, ''), 'tags', coalesce((SELECT jsonb_object_agg(t.key, t.value)
          FROM version_tag t WHERE t.model_id = v.model_id AND t.version_id = v.version_id), '{}'))
      FROM model m JOIN model_version v USING (model_id) WHERE m.name = the_model AND v.name = the_version));
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER registration_is_announced AFTER INSERT ON audit_event
  FOR EACH ROW WHEN (NEW.action IN ('model.create', 'version.create')) EXECUTE FUNCTION announce_registration();
