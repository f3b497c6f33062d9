import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { ApiKey, Scope } from "./schema";

type KeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  person: string | null;
  created_ms: number;
  expires_ms: number | null;
  last_used_ms: number | null;
  revoked_ms: number | null;
};

const ms = (column: SQL) => sql`(extract(epoch FROM ${column}) * 1000)::float8`;
const COLUMNS = sql`key_id AS id, k.name, prefix, to_json(scopes) AS scopes,
  (SELECT email FROM person WHERE person_id = k.person_id) AS person, ${ms(sql`k.created_at`)} AS created_ms,
  ${ms(sql`expires_at`)} AS expires_ms, ${ms(sql`last_used_at`)} AS last_used_ms,
  ${ms(sql`revoked_at`)} AS revoked_ms`;

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    person: row.person,
    created_at: iso(row.created_ms)!,
    expires_at: iso(row.expires_ms),
    last_used_at: iso(row.last_used_ms),
    revoked_at: iso(row.revoked_ms),
  };
}

/** Keeps a key and the audit event of it in one statement: neither is there without the other. */
export async function insertKey(
  db: Database,
  key: {
    id: string;
    name: string;
    prefix: string;
    hash: string;
    scopes: readonly Scope[];
    personId: string | null;
    expiresAt: string | null;
  },
  actor: string,
): Promise<ApiKey> {
  const [row] = await rows<KeyRow>(
    db,
    sql`WITH made AS (
        INSERT INTO api_key (key_id, name, prefix, hash, scopes, person_id, expires_at)
        VALUES (${key.id}, ${key.name}, ${key.prefix}, ${key.hash}, ${texts(key.scopes)}::text::text[],
          ${key.personId}, ${key.expiresAt}::timestamptz)
        RETURNING *
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, after)
        SELECT ${actor}, 'key.create', 'key:' || key_id,
          jsonb_build_object('name', name, 'prefix', prefix, 'scopes', scopes, 'expires_at', expires_at,
            'person', (SELECT email FROM person p WHERE p.person_id = made.person_id)) FROM made
      )
      SELECT ${COLUMNS} FROM made k`,
  );
  return toKey(row!);
}

/**
 * The key as it is now, or null where there is none of that id (of that person). Revoking again changes and audits
 * nothing.
 */
export async function revokeKeyById(
  db: Database,
  id: string,
  { actor, personId }: { actor: string; personId: string | null },
): Promise<ApiKey | null> {
  const [revoked] = await rows<KeyRow>(
    db,
    sql`WITH revoked AS (
        UPDATE api_key SET revoked_at = now() WHERE key_id = ${id} AND revoked_at IS NULL AND ${ownedBy(personId)}
        RETURNING *
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, before, after)
        SELECT ${actor}, 'key.revoke', 'key:' || key_id,
          jsonb_build_object('name', name, 'scopes', scopes, 'revoked_at', NULL),
          jsonb_build_object('name', name, 'scopes', scopes, 'revoked_at', revoked_at) FROM revoked
      )
      SELECT ${COLUMNS} FROM revoked k`,
  );
  if (revoked) return toKey(revoked);
  const [found] = await rows<KeyRow>(
    db,
    sql`SELECT ${COLUMNS} FROM api_key k WHERE key_id = ${id} AND ${ownedBy(personId)}`,
  );
  return found ? toKey(found) : null;
}

const ownedBy = (personId: string | null) => (personId === null ? sql`true` : sql`person_id = ${personId}`);

/** Every key, or every one of a person, revoked ones too, newest first. */
export async function selectKeys(db: Database, personId: string | null): Promise<ApiKey[]> {
  const found = await rows<KeyRow>(
    db,
    sql`SELECT ${COLUMNS} FROM api_key k WHERE ${ownedBy(personId)} ORDER BY k.created_at DESC, key_id`,
  );
  return found.map(toKey);
}

/** A key that opens something, and whose it is. */
export type HeldKey = { key: ApiKey; personId: string | null };

/** The key with that hash unless it is revoked or has lapsed. */
export async function findKeyByHash(db: Database, hash: string): Promise<HeldKey | null> {
  const [row] = await rows<KeyRow & { person_id: string | null }>(
    db,
    sql`SELECT ${COLUMNS}, k.person_id FROM api_key k
      WHERE hash = ${hash} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
  );
  return row ? { key: toKey(row), personId: row.person_id } : null;
}

/** Notes that a key was used; at most once a minute is written. */
export async function touchKey(db: Database, id: string): Promise<void> {
  await db.execute(
    sql`UPDATE api_key SET last_used_at = now()
      WHERE key_id = ${id} AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
  );
}
