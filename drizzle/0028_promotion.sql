-- Promotions: what a model's policy protects moves only under a warrant: an approved promotion, an override or a rollback.

-- Only ever added to; the latest revision counts. A stage or an alias that is among the targets is protected:
-- [{"kind": "stage" | "alias", "name": …, "approvals": …, "gates": […]}]
CREATE TABLE promotion_policy (
  model_id integer NOT NULL REFERENCES model ON DELETE CASCADE,
  revision integer NOT NULL,
  saved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  why text,
  targets jsonb NOT NULL,
  PRIMARY KEY (model_id, revision)
);
--> statement-breakpoint
CREATE TRIGGER promotion_policy_is_kept BEFORE UPDATE OR TRUNCATE ON promotion_policy
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TABLE promotion (
  model_id integer NOT NULL REFERENCES model ON DELETE CASCADE,
  promotion_id uuid NOT NULL,
  version text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('stage', 'alias')),
  target text COLLATE "C" NOT NULL,
  -- Whether what is in the stage is archived when this is carried out.
  archive boolean NOT NULL,
  reason text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  asked_by text NOT NULL,
  -- Who that is where a person may act under several names: the one that four eyes are counted by.
  asked_person text NOT NULL,
  -- Gates with their values, evidence, champion and policy as they were when it was asked for.
  snapshot jsonb NOT NULL,
  -- Whether every gate passed, and how many must approve.
  passed boolean NOT NULL,
  approvals integer NOT NULL,
  evidence uuid[] NOT NULL,
  -- What the snapshot rests on (promotion_mark): another one and the request lapses.
  mark jsonb NOT NULL,
  -- When the evidence is too old.
  expires_at timestamptz,
  state text COLLATE "C" NOT NULL DEFAULT 'open'
    CHECK (state IN ('open', 'promoted', 'refused', 'withdrawn', 'lapsed')),
  state_why text,
  decided_at timestamptz,
  decided_by text,
  PRIMARY KEY (model_id, promotion_id)
);
--> statement-breakpoint
CREATE UNIQUE INDEX promotion_open ON promotion (model_id, version, kind, target) WHERE state = 'open';
--> statement-breakpoint
CREATE INDEX promotion_by_id ON promotion (promotion_id);
--> statement-breakpoint
CREATE TRIGGER promotion_is_kept BEFORE UPDATE OF model_id, promotion_id, version, kind, target, archive, reason, asked_at,
    asked_by, asked_person, snapshot, passed, approvals, evidence, mark, expires_at OR TRUNCATE ON promotion
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What was said and done about a request. Only ever added to.
CREATE TABLE promotion_event (
  model_id integer NOT NULL,
  promotion_id uuid NOT NULL,
  event_id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor text NOT NULL,
  person text NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('comment', 'approve', 'refuse', 'withdraw', 'lapse')),
  words text NOT NULL,
  PRIMARY KEY (model_id, promotion_id, event_id),
  FOREIGN KEY (model_id, promotion_id) REFERENCES promotion ON DELETE CASCADE
);
--> statement-breakpoint
CREATE UNIQUE INDEX promotion_approval ON promotion_event (model_id, promotion_id, person) WHERE kind = 'approve';
--> statement-breakpoint
CREATE TRIGGER promotion_event_is_kept BEFORE UPDATE OR TRUNCATE ON promotion_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
ALTER TABLE model_change
  -- By what right a protected stage or alias moved; null where nothing protected it.
  ADD COLUMN warrant text CHECK (warrant IN ('promotion', 'override', 'rollback')),
  ADD COLUMN promotion_id uuid;
--> statement-breakpoint
-- The target of a model's policy; null where it is not protected.
CREATE FUNCTION promotion_rule(p_model_id integer, p_kind text, p_name text) RETURNS jsonb STABLE LANGUAGE sql AS $$
  SELECT t.target
  FROM (SELECT targets FROM promotion_policy WHERE model_id = p_model_id ORDER BY revision DESC LIMIT 1) p,
    jsonb_array_elements(p.targets) AS t (target)
  WHERE t.target->>'kind' = p_kind AND t.target->>'name' = p_name
$$;
--> statement-breakpoint
-- By what right this transaction moves what is protected: '', 'override', 'rollback' or 'promotion:<id>'.
CREATE FUNCTION warrant() RETURNS text STABLE LANGUAGE sql AS $$
  SELECT coalesce(current_setting('tidemark.warrant', true), '')
$$;
--> statement-breakpoint
-- Raises TM040, whose message is JSON: the target, the version that would leave it, and the open requests for it.
CREATE FUNCTION refuse_protected(p_model_id integer, p_kind text, p_name text, p_leaves text)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'TM040', MESSAGE = jsonb_build_object('kind', p_kind, 'name', p_name,
    'leaves', p_leaves, 'open',
    (SELECT coalesce(jsonb_object_agg(version, promotion_id), '{}') FROM promotion
      WHERE model_id = p_model_id AND kind = p_kind AND target = p_name AND state = 'open'))::text;
END
$$;
--> statement-breakpoint
-- Into a protected stage, out of it, and the deletion of what is in it.
CREATE FUNCTION guard_stage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF warrant() = '' THEN
    IF TG_OP = 'UPDATE' AND promotion_rule(OLD.model_id, 'stage', NEW.stage) IS NOT NULL THEN
      PERFORM refuse_protected(OLD.model_id, 'stage', NEW.stage, NULL);
    END IF;
    IF promotion_rule(OLD.model_id, 'stage', OLD.stage) IS NOT NULL THEN
      PERFORM refuse_protected(OLD.model_id, 'stage', OLD.stage, OLD.name);
    END IF;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
--> statement-breakpoint
CREATE TRIGGER version_stage_is_guarded BEFORE UPDATE OF stage ON model_version
  FOR EACH ROW WHEN (OLD.stage <> NEW.stage) EXECUTE FUNCTION guard_stage();
--> statement-breakpoint
CREATE TRIGGER version_is_guarded BEFORE DELETE ON model_version FOR EACH ROW EXECUTE FUNCTION guard_stage();
--> statement-breakpoint
CREATE FUNCTION guard_alias() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held model_alias := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  IF warrant() = '' AND promotion_rule(held.model_id, 'alias', held.alias) IS NOT NULL THEN
    PERFORM refuse_protected(held.model_id, 'alias', held.alias, CASE TG_OP WHEN 'DELETE' THEN
      (SELECT name FROM model_version v WHERE v.model_id = held.model_id AND v.version_id = held.version_id) END);
  END IF;
  RETURN held;
END
$$;
--> statement-breakpoint
CREATE TRIGGER alias_is_guarded BEFORE INSERT OR UPDATE OR DELETE ON model_alias
  FOR EACH ROW EXECUTE FUNCTION guard_alias();
--> statement-breakpoint
-- A name is what clients load by: under another name, or anew under this one, nothing would be protected.
CREATE FUNCTION guard_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM (SELECT targets FROM promotion_policy WHERE model_id = OLD.model_id ORDER BY revision DESC LIMIT 1) p
    WHERE jsonb_array_length(p.targets) > 0
  ) THEN
    PERFORM refuse_protected(OLD.model_id, 'model', OLD.name, NULL);
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
--> statement-breakpoint
CREATE TRIGGER model_name_is_guarded BEFORE UPDATE OF name ON model
  FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION guard_name();
--> statement-breakpoint
CREATE TRIGGER model_is_guarded BEFORE DELETE ON model FOR EACH ROW EXECUTE FUNCTION guard_name();
--> statement-breakpoint
CREATE FUNCTION note_warrant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF warrant() <> '' THEN
    NEW.warrant := split_part(warrant(), ':', 1);
    NEW.promotion_id := nullif(split_part(warrant(), ':', 2), '')::uuid;
  END IF;
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER model_change_has_its_warrant BEFORE INSERT ON model_change
  FOR EACH ROW WHEN (NEW.kind IN ('stage', 'alias')) EXECUTE FUNCTION note_warrant();
--> statement-breakpoint
-- What a request rests on: where the version's files are, its card, the target's gates and approvals, what the target
-- holds beside the version, and how the evidence stands. `files` is null where the version is gone.
CREATE FUNCTION promotion_mark(
  p_model_id integer, p_version text, p_kind text, p_target text, p_evidence uuid[]
) RETURNS jsonb STABLE LANGUAGE sql AS $$
  SELECT jsonb_build_object(
    'files', (SELECT jsonb_build_array(v.source, v.storage_location, v.run_id, v.logged_model_id) FROM model_version v
      WHERE v.model_id = p_model_id AND v.name = p_version),
    'card', (SELECT coalesce(max(c.revision), 0) FROM model_card c JOIN model_version v USING (model_id, version_id)
      WHERE v.model_id = p_model_id AND v.name = p_version),
    'rule', promotion_rule(p_model_id, p_kind, p_target),
    'held', (SELECT coalesce(jsonb_agg(v.name ORDER BY v.version_id), '[]') FROM model_version v
      WHERE v.model_id = p_model_id AND CASE p_kind WHEN 'stage' THEN v.stage = p_target
        ELSE EXISTS (SELECT 1 FROM model_alias a
          WHERE a.model_id = v.model_id AND a.version_id = v.version_id AND a.alias = p_target) END),
    'evidence', (SELECT coalesce(jsonb_object_agg(e.evaluation_id, e.state), '{}') FROM evaluation e
      WHERE e.model_id = p_model_id AND e.evaluation_id = ANY (p_evidence)))
$$;
--> statement-breakpoint
-- Why a request lapses; null where it stands.
CREATE FUNCTION promotion_lapse(p_version text, p_target text, p_was jsonb, p_now jsonb, p_expires_at timestamptz)
RETURNS text STABLE LANGUAGE sql AS $$
  SELECT CASE
    WHEN p_now->'files' = 'null' THEN format('version %s was deleted', p_version)
    WHEN p_now->'rule' = 'null' THEN format('%s is not protected any more', p_target)
    WHEN p_was->'files' <> p_now->'files' THEN format('the files of version %s are others now', p_version)
    WHEN p_was->'rule' <> p_now->'rule' THEN format('the gates or approvals for %s were changed', p_target)
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
-- Closes a request that is open.
CREATE FUNCTION lapse_promotion(p_promotion uuid, p_why text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer;
BEGIN
  UPDATE promotion SET state = 'lapsed', state_why = p_why, decided_at = clock_timestamp()
    WHERE promotion_id = p_promotion AND state = 'open' RETURNING model_id INTO the_model;
  IF FOUND THEN
    INSERT INTO promotion_event (model_id, promotion_id, actor, person, kind, words)
      VALUES (the_model, p_promotion, 'tidemark', 'tidemark', 'lapse', p_why);
    PERFORM write_audit('tidemark', 'promotion.lapse', 'promotion:' || p_promotion,
      jsonb_build_object('state', 'open'), jsonb_build_object('state', 'lapsed', 'why', p_why));
  END IF;
END
$$;
--> statement-breakpoint
-- Closes the open requests of a model that rest on what is not so any more.
CREATE FUNCTION lapse_promotions(p_model_id integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  each record;
BEGIN
  FOR each IN
    SELECT * FROM (
      SELECT p.promotion_id, promotion_lapse(p.version, p.target, p.mark,
        promotion_mark(p.model_id, p.version, p.kind, p.target, p.evidence), p.expires_at) AS why
      FROM promotion p WHERE p.model_id = p_model_id AND p.state = 'open' ORDER BY p.asked_at
    ) AS stale WHERE why IS NOT NULL
  LOOP
    PERFORM lapse_promotion(each.promotion_id, each.why);
  END LOOP;
END
$$;
--> statement-breakpoint
CREATE FUNCTION lapse_after() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := CASE TG_OP WHEN 'DELETE' THEN OLD.model_id ELSE NEW.model_id END;
BEGIN
  PERFORM lapse_promotions(the_model);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER stage_lapses_promotions AFTER UPDATE OF stage, source, storage_location, run_id, logged_model_id
  ON model_version FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION lapse_after();
--> statement-breakpoint
CREATE TRIGGER deletion_lapses_promotions AFTER DELETE ON model_version FOR EACH ROW EXECUTE FUNCTION lapse_after();
--> statement-breakpoint
CREATE TRIGGER alias_lapses_promotions AFTER INSERT OR UPDATE OR DELETE ON model_alias
  FOR EACH ROW EXECUTE FUNCTION lapse_after();
--> statement-breakpoint
CREATE TRIGGER card_lapses_promotions AFTER INSERT ON model_card FOR EACH ROW EXECUTE FUNCTION lapse_after();
--> statement-breakpoint
CREATE TRIGGER evidence_lapses_promotions AFTER UPDATE OF state OR DELETE ON evaluation
  FOR EACH ROW EXECUTE FUNCTION lapse_after();
--> statement-breakpoint
CREATE TRIGGER policy_lapses_promotions AFTER INSERT ON promotion_policy
  FOR EACH ROW EXECUTE FUNCTION lapse_after();
--> statement-breakpoint
-- Adds a revision and gives its number. Raises TM014 where p_former (0 = none) is not the latest.
CREATE FUNCTION save_promotion_policy(p_model text, p_former integer, p_targets jsonb, p_actor text, p_why text)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  latest record;
BEGIN
  SELECT revision, targets INTO latest FROM promotion_policy WHERE model_id = the_model ORDER BY revision DESC LIMIT 1;
  IF p_former <> coalesce(latest.revision, 0) THEN
    RAISE EXCEPTION USING ERRCODE = 'TM014', MESSAGE = 'stale';
  END IF;
  IF latest.targets = p_targets THEN
    RETURN latest.revision;
  END IF;
  INSERT INTO promotion_policy (model_id, revision, actor, why, targets)
    VALUES (the_model, coalesce(latest.revision, 0) + 1, p_actor, p_why, p_targets);
  PERFORM write_audit(p_actor, 'policy.save', 'model:' || p_model,
    CASE WHEN latest.revision IS NOT NULL
      THEN jsonb_build_object('revision', latest.revision, 'targets', latest.targets) END,
    jsonb_strip_nulls(jsonb_build_object('revision', coalesce(latest.revision, 0) + 1, 'targets', p_targets, 'why', p_why)));
  RETURN coalesce(latest.revision, 0) + 1;
END
$$;
--> statement-breakpoint
-- Moves the stage or alias under the request's warrant, and closes the request first: the move would let it lapse.
CREATE FUNCTION carry_out_promotion(p_model text, p promotion, p_actor text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE promotion SET state = 'promoted', decided_at = clock_timestamp(), decided_by = p_actor
    WHERE model_id = p.model_id AND promotion_id = p.promotion_id;
  PERFORM set_config('tidemark.warrant', 'promotion:' || p.promotion_id, true);
  IF p.kind = 'stage' THEN
    PERFORM transition_stage(p_model, p.version, p.target, p.archive, p_actor, p.reason);
  ELSE
    PERFORM set_model_alias(p_model, p.target, p.version, p_actor, p.reason);
  END IF;
  PERFORM set_config('tidemark.warrant', '', true);
  PERFORM write_audit(p_actor, 'promotion.carry_out', 'promotion:' || p.promotion_id,
    jsonb_build_object('state', 'open', p.kind, p.target, 'held', p.mark->'held'),
    jsonb_build_object('state', 'promoted', p.kind, p.target, 'model', p_model, 'version', p.version, 'asked_by',
      p.asked_by));
END
$$;
--> statement-breakpoint
-- Asks for a stage or an alias. Without needed approvals it is carried out at once where every gate has passed. Raises
-- TM041 where p_mark, which the snapshot was made under, is not so any more; TM042 where the target is not protected;
-- unique_violation where the same is asked for already.
CREATE FUNCTION ask_promotion(
  p_model text, p_promotion uuid, p_version text, p_kind text, p_target text, p_archive boolean, p_reason text,
  p_actor text, p_person text, p_snapshot jsonb, p_passed boolean, p_evidence uuid[], p_mark jsonb,
  p_expires_at timestamptz
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  the_version integer := version_id_of(the_model, p_version);
  rule jsonb := promotion_rule(the_model, p_kind, p_target);
  made promotion;
BEGIN
  IF rule IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TM042', MESSAGE = 'not protected';
  END IF;
  IF p_mark <> promotion_mark(the_model, p_version, p_kind, p_target, p_evidence) THEN
    RAISE EXCEPTION USING ERRCODE = 'TM041', MESSAGE = 'stale';
  END IF;
  -- One whose evidence has aged meanwhile is in the way of no new one.
  PERFORM lapse_promotions(the_model);
  INSERT INTO promotion (model_id, promotion_id, version, kind, target, archive, reason, asked_by, asked_person, snapshot,
      passed, approvals, evidence, mark, expires_at)
    VALUES (the_model, p_promotion, p_version, p_kind, p_target, p_archive, p_reason, p_actor, p_person, p_snapshot,
      p_passed, (rule->>'approvals')::integer, p_evidence, p_mark, p_expires_at)
    RETURNING * INTO made;
  PERFORM write_audit(p_actor, 'promotion.ask', 'promotion:' || p_promotion, NULL, jsonb_build_object(
    'model', p_model, 'version', p_version, p_kind, p_target, 'reason', p_reason, 'passed', p_passed, 'evidence',
    to_jsonb(p_evidence), 'snapshot_sha256', encode(sha256(convert_to(p_snapshot::text, 'UTF8')), 'hex')));
  IF made.approvals = 0 AND made.passed THEN
    PERFORM carry_out_promotion(p_model, made, p_actor);
    RETURN 'promoted';
  END IF;
  RETURN 'open';
END
$$;
--> statement-breakpoint
-- Approves, refuses, withdraws or comments, and gives the state that follows: 'lapsed' where the request rests on what
-- is not so any more, and then nothing else was done. Raises TM010 without such a request; TM043 where it is closed;
-- TM044 where who asked approves; TM045 where a gate has failed; TM046 where another than who asked withdraws.
CREATE FUNCTION decide_promotion(
  p_promotion uuid, p_deed text, p_words text, p_actor text, p_person text, p_any boolean
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_model record;
  p promotion;
BEGIN
  SELECT m.model_id, m.name INTO the_model FROM promotion q JOIN model m USING (model_id) WHERE q.promotion_id = p_promotion;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TM010', MESSAGE = 'promotion';
  END IF;
  PERFORM lock_model(the_model.name);
  IF p_deed <> 'comment' THEN
    SELECT * INTO p FROM promotion WHERE model_id = the_model.model_id AND promotion_id = p_promotion;
    IF p.state <> 'open' THEN
      RAISE EXCEPTION USING ERRCODE = 'TM043', MESSAGE = p.state;
    END IF;
    PERFORM lapse_promotions(the_model.model_id);
  END IF;
  SELECT * INTO STRICT p FROM promotion WHERE model_id = the_model.model_id AND promotion_id = p_promotion;
  IF p_deed <> 'comment' AND p.state = 'lapsed' THEN
    RETURN 'lapsed';
  END IF;
  IF p_deed = 'approve' THEN
    IF p.asked_person = p_person THEN
      RAISE EXCEPTION USING ERRCODE = 'TM044', MESSAGE = 'own';
    ELSIF NOT p.passed THEN
      RAISE EXCEPTION USING ERRCODE = 'TM045', MESSAGE = 'gates';
    ELSIF EXISTS (SELECT 1 FROM promotion_event e WHERE e.model_id = p.model_id AND e.promotion_id = p_promotion
        AND e.person = p_person AND e.kind = 'approve') THEN
      RETURN p.state;
    END IF;
  ELSIF p_deed = 'withdraw' AND p.asked_person <> p_person AND NOT p_any THEN
    RAISE EXCEPTION USING ERRCODE = 'TM046', MESSAGE = 'not yours';
  END IF;
  INSERT INTO promotion_event (model_id, promotion_id, actor, person, kind, words)
    VALUES (p.model_id, p_promotion, p_actor, p_person, p_deed, p_words);
  PERFORM write_audit(p_actor, 'promotion.' || p_deed, 'promotion:' || p_promotion, NULL,
    jsonb_build_object('model', the_model.name, 'version', p.version, p.kind, p.target, 'words', p_words));
  IF p_deed IN ('refuse', 'withdraw') THEN
    UPDATE promotion SET state = CASE p_deed WHEN 'refuse' THEN 'refused' ELSE 'withdrawn' END, state_why = p_words,
        decided_at = clock_timestamp(), decided_by = p_actor
      WHERE model_id = p.model_id AND promotion_id = p_promotion RETURNING * INTO p;
  ELSIF p_deed = 'approve' AND (SELECT count(*) FROM promotion_event e WHERE e.model_id = p.model_id
      AND e.promotion_id = p_promotion AND e.kind = 'approve') >= p.approvals THEN
    PERFORM carry_out_promotion(the_model.name, p, p_actor);
    RETURN 'promoted';
  END IF;
  RETURN p.state;
END
$$;
--> statement-breakpoint
-- What change_version does, past what protects it. Who did so, and why, is an event of its own.
CREATE FUNCTION override_protection(
  p_model text, p_version text, p_revision text, p_change jsonb, p_actor text, p_reason text
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM lock_model(p_model);
  PERFORM write_audit(p_actor, 'promotion.override', 'version:' || p_model || '/' || p_version, NULL,
    jsonb_build_object('change', p_change, 'reason', p_reason));
  PERFORM set_config('tidemark.warrant', 'override', true);
  PERFORM change_version(p_model, p_version, p_revision, p_change, p_actor, p_reason);
  PERFORM set_config('tidemark.warrant', '', true);
END
$$;
--> statement-breakpoint
-- The version that left Production last, is still there and is not in Production now; null where there is none. Where
-- Production is protected, one that an override had put there comes after all others.
CREATE OR REPLACE FUNCTION former_production(p_model_id integer) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT c.subject FROM model_change c
    JOIN model_version v ON v.model_id = c.model_id AND v.name = c.subject AND v.stage <> 'Production'
    WHERE c.model_id = p_model_id AND c.kind = 'stage' AND c."from" = 'Production'
    ORDER BY promotion_rule(p_model_id, 'stage', 'Production') IS NOT NULL AND coalesce((
        SELECT w.warrant = 'override' FROM model_change w
        WHERE w.model_id = p_model_id AND w.kind = 'stage' AND w.subject = c.subject AND w."to" = 'Production'
          AND w.change_id < c.change_id ORDER BY w.change_id DESC LIMIT 1), false),
      c.change_id DESC LIMIT 1
$$;
--> statement-breakpoint
-- Puts it back in place of what is there now, and gives its name; null where there is none. Never stopped by what
-- protects Production. Raises TM014 where p_to names another.
CREATE OR REPLACE FUNCTION roll_back_production(p_model text, p_to text, p_actor text, p_why text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  former text := former_production(the_model);
BEGIN
  IF p_to IS DISTINCT FROM former AND p_to IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TM014', MESSAGE = coalesce(former, '');
  END IF;
  IF former IS NOT NULL THEN
    PERFORM set_config('tidemark.warrant', 'rollback', true);
    PERFORM transition_stage(p_model, former, 'Production', true, p_actor, p_why);
    PERFORM set_config('tidemark.warrant', '', true);
  END IF;
  RETURN former;
END
$$;
--> statement-breakpoint
-- Points an alias at the version that it pointed at last and that is still there; gives its name, null where there is
-- none. Raises TM014 where p_to names another.
CREATE FUNCTION roll_back_alias(p_model text, p_alias text, p_to text, p_actor text, p_why text)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  former text := former_of_alias(the_model, p_alias);
BEGIN
  IF p_to IS DISTINCT FROM former AND p_to IS NOT NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'TM014', MESSAGE = coalesce(former, '');
  END IF;
  IF former IS NOT NULL THEN
    PERFORM set_config('tidemark.warrant', 'rollback', true);
    PERFORM set_model_alias(p_model, p_alias, former, p_actor, p_why);
    PERFORM set_config('tidemark.warrant', '', true);
  END IF;
  RETURN former;
END
$$;
--> statement-breakpoint
CREATE FUNCTION former_of_alias(p_model_id integer, p_alias text) RETURNS text STABLE LANGUAGE sql AS $$
  SELECT c."from" FROM model_change c
    JOIN model_version v ON v.model_id = c.model_id AND v.name = c."from"
    WHERE c.model_id = p_model_id AND c.kind = 'alias' AND c.subject = p_alias AND c."from" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM model_alias a
        WHERE a.model_id = p_model_id AND a.alias = p_alias AND a.version_id = v.version_id)
    ORDER BY promotion_rule(p_model_id, 'alias', p_alias) IS NOT NULL AND coalesce((
        SELECT w.warrant = 'override' FROM model_change w
        WHERE w.model_id = p_model_id AND w.kind = 'alias' AND w.subject = p_alias AND w."to" = c."from"
          AND w.change_id < c.change_id ORDER BY w.change_id DESC LIMIT 1), false),
      c.change_id DESC LIMIT 1
$$;
