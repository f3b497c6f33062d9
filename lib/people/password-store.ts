import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";

/**
 * Sets a new password in place of `former`, both as hashes. With it, in one statement: the person's other sessions end,
 * so do the unused links to a new password, and it is audited.
 * @returns false where `former` is not the password any more
 */
export async function writePassword(
  db: Database,
  change: { personId: string; sessionId: string; former: string; password: string; actor: string },
): Promise<boolean> {
  const { personId, sessionId, former, password, actor } = change;
  const done = await rows(
    db,
    sql`WITH who AS (
        SELECT person_id, email FROM person WHERE person_id = ${personId} FOR UPDATE
      ), changed AS (
        UPDATE person_account a SET password = ${password}::text, updated_at = now() FROM who
        WHERE a.person_id = who.person_id AND a.provider_id = 'credential' AND a.password = ${former}::text
        RETURNING who.person_id, who.email
      ), sessions AS (
        DELETE FROM person_session s USING changed WHERE s.person_id = changed.person_id
          AND s.session_id <> ${sessionId}::text RETURNING 1
      ), links AS (
        DELETE FROM person_link l USING changed WHERE l.kind = 'reset' AND l.email = changed.email
          AND l.used_at IS NULL RETURNING 1
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, before, after)
        SELECT ${actor}::text, 'person.password', 'person:' || email,
          jsonb_build_object('other_sessions', (SELECT count(*) FROM sessions),
            'unused_links', (SELECT count(*) FROM links)),
          jsonb_build_object('other_sessions', 0, 'unused_links', 0)
        FROM changed
      )
      SELECT 1 FROM changed`,
  );
  return done.length > 0;
}
