import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { Role } from "./roles";
import type { Invitation, LinkPurpose } from "./schema";

export type NewLink = {
  hash: string;
  kind: LinkPurpose["kind"];
  email: string | null;
  role: Role | null;
  actor: string;
  expiresAt: Date;
};

/** Who asks without having signed in. */
export const ANONYMOUS = "anonymous";

/**
 * Keeps a link in place of an unused one of the same kind for the same address; audited unless it is the first. What
 * somebody asked for who did not sign in takes the place only of such a one.
 */
export async function insertLink(db: Database, link: NewLink): Promise<void> {
  const { hash, kind, email, role, actor, expiresAt } = link;
  await db.execute(
    sql`WITH replaced AS (
        DELETE FROM person_link WHERE kind = ${kind} AND email IS NOT DISTINCT FROM ${email}::text AND used_at IS NULL
          AND (created_by = ${ANONYMOUS} OR ${actor} <> ${ANONYMOUS})
      ), made AS (
        INSERT INTO person_link (hash, kind, email, role, created_by, expires_at)
        VALUES (${hash}, ${kind}, ${email}, ${role}, ${actor}, ${expiresAt.toISOString()}::timestamptz)
        RETURNING kind, email, role, expires_at
      )
      INSERT INTO audit_event (actor, action, subject, after)
      SELECT ${actor}, 'person.' || kind, 'person:' || email, jsonb_build_object('role', role, 'expires_at', expires_at)
      FROM made WHERE kind <> 'first'`,
  );
}

/** What a link that can still be used is for. */
export async function findLink(db: Database, hash: string): Promise<LinkPurpose | null> {
  const [found] = await rows<LinkPurpose>(
    db,
    sql`SELECT kind, email FROM person_link
      WHERE hash = ${hash} AND used_at IS NULL AND expires_at > now()
        AND (kind <> 'first' OR NOT EXISTS (SELECT 1 FROM person))`,
  );
  return found ?? null;
}

/** @returns the address of the person who may sign in now; null where the link is no good any more */
export async function spendLink(
  db: Database,
  used: {
    hash: string;
    email: string | null;
    name: string | null;
    password: string;
    personId: string;
    accountId: string;
  },
): Promise<string | null> {
  const [reply] = await rows<{ email: string | null }>(
    db,
    sql`SELECT use_link(${used.hash}, ${used.email}, ${used.name}, ${used.password}, ${used.personId},
      ${used.accountId}) AS email`,
  );
  return reply!.email;
}

/** Who was invited and has not come yet. */
export async function selectInvitations(db: Database): Promise<Invitation[]> {
  const found = await rows<
    Omit<Invitation, "created_at" | "expires_at"> & { created_ms: number; expires_ms: number }
  >(
    db,
    sql`SELECT left(hash, 16) AS id, email, role, created_by,
        (extract(epoch FROM created_at) * 1000)::float8 AS created_ms,
        (extract(epoch FROM expires_at) * 1000)::float8 AS expires_ms
      FROM person_link WHERE kind = 'invite' AND used_at IS NULL AND expires_at > now() ORDER BY created_at DESC`,
  );
  return found.map(({ created_ms, expires_ms, ...invitation }) => ({
    ...invitation,
    created_at: new Date(created_ms).toISOString(),
    expires_at: new Date(expires_ms).toISOString(),
  }));
}

/** Takes an invitation back. @returns false where there is none of that id */
export async function deleteInvitation(db: Database, id: string, actor: string): Promise<boolean> {
  const gone = await rows(
    db,
    sql`WITH gone AS (
        DELETE FROM person_link WHERE kind = 'invite' AND used_at IS NULL AND left(hash, 16) = ${id} RETURNING email, role
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, before)
        SELECT ${actor}, 'person.uninvite', 'person:' || email, jsonb_build_object('role', role) FROM gone
      )
      SELECT 1 FROM gone`,
  );
  return gone.length > 0;
}
