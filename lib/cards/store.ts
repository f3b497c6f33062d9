import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { Author } from "@/lib/registry/schema";

type At = { model: string; version: string };
export type RevisionRow = { revision: number; saved_ms: number; actor: string; why: string | null };

const OF = (
  at: At,
) => sql`FROM model m JOIN model_version v USING (model_id) JOIN model_card c USING (model_id, version_id)
  WHERE m.name = ${at.model}::text AND v.name = ${at.version}::text`;

/** The text of a revision, or of the latest. */
export async function selectCard(
  db: Database,
  at: At,
  revision: number | null,
): Promise<{ revision: number; yaml: string } | null> {
  const [found] = await rows<{ revision: number; yaml: string }>(
    db,
    sql`SELECT c.revision, c.yaml ${OF(at)} AND (${revision}::int IS NULL OR c.revision = ${revision}::int)
      ORDER BY c.revision DESC LIMIT 1`,
  );
  return found ?? null;
}

/** Who saved the card when, the latest first. */
export async function selectRevisions(db: Database, at: At, most: number): Promise<RevisionRow[]> {
  return rows(
    db,
    sql`SELECT c.revision, floor(extract(epoch FROM c.saved_at) * 1000)::float8 AS saved_ms, c.actor, c.why
      ${OF(at)} ORDER BY c.revision DESC LIMIT ${most}::int`,
  );
}

/** @throws TM014 where `former` is not the latest revision */
export async function insertCard(
  db: Database,
  at: At,
  { former, yaml }: { former: number; yaml: string },
  { actor, why = null }: Author,
): Promise<number> {
  const [saved] = await rows<{ revision: number }>(
    db,
    sql`SELECT save_model_card(${at.model}::text, ${at.version}::text, ${former}::int, ${yaml}::text,
      ${actor}::text, ${why}::text) AS revision`,
  );
  return saved!.revision;
}
