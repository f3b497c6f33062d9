import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { Role } from "./roles";
import type { ModelRole, Person, Session } from "./schema";

const MODEL_ROLES = sql`coalesce((SELECT json_agg(json_build_object('model', m.name, 'role', r.role) ORDER BY m.name)
    FROM person_model_role r JOIN model m USING (model_id) WHERE r.person_id = p.person_id), '[]'::json)`;

/** Who acts: not read from better-auth, so that a change of role or a lock-out holds with the very next request. */
export type ActingPerson = {
  id: string;
  email: string;
  name: string;
  role: Role;
  model_roles: ModelRole[];
};

/** The person of an id unless they are shut out. */
export async function findActingPerson(db: Database, id: string): Promise<ActingPerson | null> {
  const [found] = await rows<ActingPerson>(
    db,
    sql`SELECT p.person_id AS id, p.email, p.name, p.role, ${MODEL_ROLES} AS model_roles
      FROM person p WHERE p.person_id = ${id} AND p.disabled_at IS NULL`,
  );
  return found ?? null;
}

export async function countPeople(db: Database): Promise<number> {
  const [found] = await rows<{ n: number }>(db, sql`SELECT count(*)::int AS n FROM person`);
  return found!.n;
}

type PersonRow = Omit<Person, "created_at" | "disabled_at" | "last_sign_in_at"> & {
  created_ms: number;
  disabled_ms: number | null;
  last_ms: number | null;
};

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export async function selectPeople(db: Database, id?: string): Promise<Person[]> {
  const found = await rows<PersonRow>(
    db,
    sql`SELECT p.person_id AS id, p.email, p.name, p.role, ${MODEL_ROLES} AS model_roles,
        (extract(epoch FROM p.created_at) * 1000)::float8 AS created_ms,
        (extract(epoch FROM p.disabled_at) * 1000)::float8 AS disabled_ms,
        (SELECT (extract(epoch FROM max(s.created_at)) * 1000)::float8 FROM person_session s
          WHERE s.person_id = p.person_id) AS last_ms,
        (SELECT count(*)::int FROM person_session s
          WHERE s.person_id = p.person_id AND s.expires_at > now()) AS sessions
      FROM person p ${id === undefined ? sql`` : sql`WHERE p.person_id = ${id}`} ORDER BY lower(p.name), p.email`,
  );
  return found.map(({ created_ms, disabled_ms, last_ms, ...person }) => ({
    ...person,
    created_at: iso(created_ms)!,
    disabled_at: iso(disabled_ms),
    last_sign_in_at: iso(last_ms),
  }));
}

export async function selectSessions(db: Database, personId: string): Promise<Omit<Session, "current">[]> {
  const found = await rows<{ id: string; created_ms: number; expires_ms: number; user_agent: string | null }>(
    db,
    sql`SELECT session_id AS id, (extract(epoch FROM created_at) * 1000)::float8 AS created_ms,
        (extract(epoch FROM expires_at) * 1000)::float8 AS expires_ms, user_agent
      FROM person_session WHERE person_id = ${personId} AND expires_at > now() ORDER BY created_at DESC`,
  );
  return found.map(({ id, created_ms, expires_ms, user_agent }) => ({
    id,
    created_at: iso(created_ms)!,
    expires_at: iso(expires_ms)!,
    user_agent,
  }));
}

/** Ends sessions of a person, all or all but one, with the audit event. @returns how many there were */
export async function deleteSessions(
  db: Database,
  { personId, except, actor }: { personId: string; except?: string; actor: string },
): Promise<number> {
  const [done] = await rows<{ n: number }>(
    db,
    sql`WITH gone AS (
        DELETE FROM person_session WHERE person_id = ${personId}
          AND session_id IS DISTINCT FROM ${except ?? null}::text RETURNING 1
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, before, after)
        SELECT ${actor}, 'person.sign-out', 'person:' || email,
          jsonb_build_object('sessions', (SELECT count(*) FROM gone)), jsonb_build_object('sessions', 0)
        FROM person WHERE person_id = ${personId}
      )
      SELECT count(*)::int AS n FROM gone`,
  );
  return done!.n;
}

/** Ends one session of a person. @returns false where they have none of that id */
export async function deleteSession(
  db: Database,
  { personId, sessionId, actor }: { personId: string; sessionId: string; actor: string },
): Promise<boolean> {
  const gone = await rows(
    db,
    sql`WITH gone AS (
        DELETE FROM person_session WHERE person_id = ${personId} AND session_id = ${sessionId} RETURNING person_id
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, before)
        SELECT ${actor}, 'person.sign-out', 'person:' || email, jsonb_build_object('session', ${sessionId}::text)
        FROM person JOIN gone USING (person_id)
      )
      SELECT 1 FROM gone`,
  );
  return gone.length > 0;
}

export type Changes = {
  role: Role | null;
  disabled: boolean | null;
  modelRoles: readonly { model: string; role: Role | null }[];
};

/**
 * Changes what a person may do, with one audit event of what was and is; who is shut out loses their sessions. Admins
 * are counted under a lock: two who take each other's role at once must not leave none.
 * @returns "last-admin" or "no-model" where nothing was changed
 */
export async function updatePerson(
  db: Database,
  id: string,
  { role, disabled, modelRoles }: Changes,
  actor: string,
): Promise<"done" | "last-admin" | "no-model" | "no-person"> {
  const [reply] = await rows<{ outcome: "done" | "last-admin" | "no-model" | "no-person" }>(
    db,
    sql`SELECT change_person(${id}, ${role}::text, ${disabled}::boolean,
      ${JSON.stringify(modelRoles)}::text::jsonb, ${actor}) AS outcome`,
  );
  return reply!.outcome;
}

export async function findPersonByEmail(db: Database, email: string): Promise<{ id: string } | null> {
  const [found] = await rows<{ id: string }>(
    db,
    sql`SELECT person_id AS id FROM person WHERE email = ${email} AND disabled_at IS NULL`,
  );
  return found ?? null;
}

/** A person without a password, unless there is one of that address. */
export async function insertDemoPerson(
  db: Database,
  { email, name, role }: { email: string; name: string; role: Role },
): Promise<void> {
  await db.execute(
    sql`INSERT INTO person (person_id, email, name, email_verified, role)
      VALUES (gen_random_uuid()::text, ${email}, ${name}, true, ${role}) ON CONFLICT (email) DO NOTHING`,
  );
}
