import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { Role } from "./roles";
import type { ModelRole, Person } from "./schema";
import { lives } from "./session-store";

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
          WHERE s.person_id = p.person_id AND ${lives(sql`s`)}) AS sessions
      FROM person p ${id === undefined ? sql`` : sql`WHERE p.person_id = ${id}`} ORDER BY lower(p.name), p.email`,
  );
  return found.map(({ created_ms, disabled_ms, last_ms, ...person }) => ({
    ...person,
    created_at: iso(created_ms)!,
    disabled_at: iso(disabled_ms),
    last_sign_in_at: iso(last_ms),
  }));
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
