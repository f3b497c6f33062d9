import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { Session } from "./schema";
import { IDLE_MS } from "./session-limits";

const IDLE = sql.raw(`interval '${IDLE_MS / 1000} seconds'`);

/** Whether a row of person_session has neither lasted its time nor been left alone for too long. */
export const lives = (session: SQL) =>
  sql`${session}.expires_at > now() AND ${session}.updated_at > now() - ${IDLE}`;

const epochMs = (time: SQL) => sql`(extract(epoch FROM ${time}) * 1000)::float8`;
const toIso = (ms: number) => new Date(ms).toISOString();

/** Puts off the end of a session, which is counted from its latest use. */
export async function noteUse(db: Database, sessionId: string): Promise<void> {
  await rows(db, sql`UPDATE person_session SET updated_at = now() WHERE session_id = ${sessionId}`);
}

/** Forgets sessions that have ended by themselves. @returns how many */
export async function forgetEnded(db: Database): Promise<number> {
  const gone = await rows(db, sql`DELETE FROM person_session s WHERE NOT (${lives(sql`s`)}) RETURNING 1`);
  return gone.length;
}

/** The latest first. expires_at: when it ends unless it is used before. */
export async function selectSessions(db: Database, personId: string): Promise<Omit<Session, "current">[]> {
  const found = await rows<{ id: string; created: number; used: number; ends: number; agent: string | null }>(
    db,
    sql`SELECT s.session_id AS id, ${epochMs(sql`s.created_at`)} AS created, ${epochMs(sql`s.updated_at`)} AS used,
        ${epochMs(sql`least(s.expires_at, s.updated_at + ${IDLE})`)} AS ends, s.user_agent AS agent
      FROM person_session s WHERE s.person_id = ${personId} AND ${lives(sql`s`)} ORDER BY s.created_at DESC`,
  );
  return found.map(({ id, created, used, ends, agent }) => ({
    id,
    created_at: toIso(created),
    used_at: toIso(used),
    expires_at: toIso(ends),
    user_agent: agent,
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
