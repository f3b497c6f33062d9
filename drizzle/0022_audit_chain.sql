-- The audit log as a chain: each event is hashed over the one before, numbers have no gaps, and the head of the chain
-- stands in a row of its own, which is locked while an event is added. Neither can be changed afterwards. That keeps
-- the application and whoever gets at its statements from changing history; who owns the database can take the triggers
-- away, but not without the chain showing it (lib/audit/verify.ts).

ALTER TABLE audit_event
  ALTER COLUMN event_id DROP IDENTITY,
  ALTER COLUMN at SET DEFAULT clock_timestamp(),
  -- SHA-256 of the event before: null before the first.
  ADD COLUMN former_hash bytea,
  ADD COLUMN hash bytea;
--> statement-breakpoint
CREATE TABLE audit_head (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  event_id bigint NOT NULL,
  hash bytea
);
--> statement-breakpoint
-- What is hashed of an event, as text that jsonb writes the same way everywhere. Times count in microseconds.
CREATE FUNCTION audit_content(e audit_event) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT jsonb_build_array(e.event_id, (extract(epoch FROM e.at) * 1000000)::bigint, e.actor, e.action, e.subject,
    e.before, e.after)::text
$$;
--> statement-breakpoint
CREATE FUNCTION chain_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  head audit_head;
BEGIN
  SELECT * INTO STRICT head FROM audit_head FOR UPDATE;
  NEW.event_id := head.event_id + 1;
  -- Not when the transaction began: in the order of the chain times never run backwards.
  NEW.at := clock_timestamp();
  NEW.former_hash := head.hash;
  NEW.hash := sha256(coalesce(NEW.former_hash, ''::bytea) || convert_to(audit_content(NEW), 'UTF8'));
  UPDATE audit_head SET event_id = NEW.event_id, hash = NEW.hash;
  RETURN NEW;
END
$$;
--> statement-breakpoint
DO $$
DECLARE
  each audit_event;
  number bigint := 0;
  former bytea;
BEGIN
  -- Numbers become gapless; the highest of the new ones is at most the old one, so none is met twice.
  FOR each IN SELECT * FROM audit_event ORDER BY event_id LOOP
    UPDATE audit_event SET event_id = number + 1, former_hash = former WHERE event_id = each.event_id;
    number := number + 1;
    UPDATE audit_event e SET hash = sha256(coalesce(former, ''::bytea) || convert_to(audit_content(e), 'UTF8'))
      WHERE event_id = number RETURNING hash INTO former;
  END LOOP;
  INSERT INTO audit_head (event_id, hash) VALUES (number, former);
END
$$;
--> statement-breakpoint
ALTER TABLE audit_event ALTER COLUMN hash SET NOT NULL;
--> statement-breakpoint
CREATE TRIGGER audit_event_chain BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION chain_audit_event();
--> statement-breakpoint
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The head moves only with an event that is added.
  IF TG_TABLE_NAME = 'audit_head' AND TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'TM020',
    MESSAGE = format('%s of %s is refused: the audit log is only added to', TG_OP, TG_TABLE_NAME);
END
$$;
--> statement-breakpoint
CREATE TRIGGER audit_event_keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE TRIGGER audit_head_keep BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
--> statement-breakpoint
CREATE INDEX audit_event_subject ON audit_event (subject, event_id);
--> statement-breakpoint
CREATE INDEX audit_event_at ON audit_event (at);
