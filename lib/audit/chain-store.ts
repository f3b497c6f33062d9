import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";

/** An event as the chain has it; hashes in hex, the former one null before the first event. */
export type ChainLink = { id: number; formerHash: string | null; hash: string; content: string };

/** Links in their order: those after an id, or that of one hash. */
export async function selectChain(
  db: Database,
  wanted: { after: number; limit: number } | { hash: string; limit: number },
): Promise<ChainLink[]> {
  const which =
    "hash" in wanted ? sql`hash = decode(${wanted.hash}, 'hex')` : sql`event_id > ${wanted.after}::bigint`;
  return rows<ChainLink>(
    db,
    sql`SELECT event_id::float8 AS id, encode(former_hash, 'hex') AS "formerHash", encode(hash, 'hex') AS hash,
        audit_content(e) AS content
      FROM audit_event e WHERE ${which} ORDER BY event_id LIMIT ${wanted.limit}`,
  );
}

/** The head that the next event will follow; null where somebody took it away. */
export async function selectHead(db: Database): Promise<{ id: number; hash: string | null } | null> {
  const [head] = await rows<{ id: number; hash: string | null }>(
    db,
    sql`SELECT event_id::float8 AS id, encode(hash, 'hex') AS hash FROM audit_head`,
  );
  return head ?? null;
}
