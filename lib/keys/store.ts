import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { ApiKey, Scope } from "./schema";

type KeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  created_ms: number;
  last_used_ms: number | null;
  revoked_ms: number | null;
};

const ms = (column: SQL) => sql`(extract(epoch FROM ${column}) * 1000)::float8`;
const COLUMNS = sql`key_id AS id, name, prefix, to_json(scopes) AS scopes, ${ms(sql`created_at`)} AS created_ms,
  ${ms(sql`last_used_at`)} AS last_used_ms, ${ms(sql`revoked_at`)} AS revoked_ms`;

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes,
    created_at: iso(row.created_ms)!,
    last_used_at: iso(row.last_used_ms),
    revoked_at: iso(row.revoked_ms),
  };
}

/** Keeps a key and the audit event of it in one statement: neither is there without the other. */
export async function insertKey(
  db: Database,
  key: { id: string; name: string; prefix: string; hash: string; scopes: readonly Scope[] },
  actor: string,
): Promise<ApiKey> {
  const [row] = await rows<KeyRow>(
    db,
    sql`WITH made AS (
        INSERT INTO api_key (key_id, name, prefix, hash, scopes)
        VALUES (${key.id}, ${key.name}, ${key.prefix}, ${key.hash}, ${texts(key.scopes)}::text::text[])
        RETURNING *
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, after)
        SELECT ${actor}, 'key.create', 'key:' || key_id,
          jsonb_build_object('name', name, 'prefix', prefix, 'scopes', scopes) FROM made
      )
      SELECT ${COLUMNS} FROM made`,
  );
  return toKey(row!);
}

/** The key as it is now, or null where there is none of that id. Revoking again changes and audits nothing. */
export async function revokeKeyById(db: Database, id: string, actor: string): Promise<ApiKey | null> {
  const [revoked] = await rows<KeyRow>(
    db,
    sql`WITH revoked AS (
        UPDATE api_key SET revoked_at = now() WHERE key_id = ${id} AND revoked_at IS NULL RETURNING *
      ), audited AS (
        INSERT INTO audit_event (actor, action, subject, before, after)
        SELECT ${actor}, 'key.revoke', 'key:' || key_id,
          jsonb_build_object('name', name, 'scopes', scopes, 'revoked_at', NULL),
          jsonb_build_object('name', name, 'scopes', scopes, 'revoked_at', revoked_at) FROM revoked
      )
      SELECT ${COLUMNS} FROM revoked`,
  );
  if (revoked) return toKey(revoked);
  const [found] = await rows<KeyRow>(db, sql`SELECT ${COLUMNS} FROM api_key WHERE key_id = ${id}`);
  return found ? toKey(found) : null;
}

/** Every key, revoked ones too, newest first. */
export async function selectKeys(db: Database): Promise<ApiKey[]> {
  const found = await rows<KeyRow>(db, sql`SELECT ${COLUMNS} FROM api_key ORDER BY created_at DESC, key_id`);
  return found.map(toKey);
}

/** The key with that hash unless it is revoked. */
export async function findKeyByHash(db: Database, hash: string): Promise<ApiKey | null> {
  const [row] = await rows<KeyRow>(
    db,
    sql`SELECT ${COLUMNS} FROM api_key WHERE hash = ${hash} AND revoked_at IS NULL`,
  );
  return row ? toKey(row) : null;
}

/** Notes that a key was used; at most once a minute is written. */
export async function touchKey(db: Database, id: string): Promise<void> {
  await db.execute(
    sql`UPDATE api_key SET last_used_at = now()
      WHERE key_id = ${id} AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
  );
}
