import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { VERSION_COLUMNS } from "./columns";
import type { Author, RegisteredVersion } from "./schema";

export type VersionRow = RegisteredVersion & {
  revision: string;
  run_name: string | null;
  run_status: string | null;
  experiment_id: string | null;
};

/** All versions of a model, or the one named; the latest made first. */
export async function selectVersionRows(
  db: Database,
  model: string,
  version: string | null = null,
): Promise<VersionRow[]> {
  return rows(
    db,
    sql`SELECT ${VERSION_COLUMNS}, version_revision(v.model_id, v.version_id)
          || '.' || coalesce((SELECT max(c.change_id) FROM model_change c WHERE c.model_id = v.model_id), 0) AS revision,
        r.run_name, r.status AS run_status, r.experiment_id::text AS experiment_id
      FROM model m JOIN model_version v USING (model_id) LEFT JOIN run r ON r.run_id = v.run_id
      WHERE m.name = ${model}::text AND (${version}::text IS NULL OR v.name = ${version}::text)
      ORDER BY v.created_at DESC, v.version_id DESC`,
  );
}

export async function selectFormerProduction(db: Database, model: string): Promise<string | null> {
  const [found] = await rows<{ version: string | null }>(
    db,
    sql`SELECT former_production(model_id) AS version FROM model WHERE name = ${model}::text`,
  );
  return found?.version ?? null;
}

/** @throws TM014 where `revision` is given and not the version's any more */
export async function writeVersionChange(
  db: Database,
  at: { model: string; version: string },
  { revision, ...change }: { revision: string | null } & Record<string, unknown>,
  { actor, why = null }: Author,
): Promise<void> {
  await rows(
    db,
    sql`SELECT change_version(${at.model}::text, ${at.version}::text, ${revision}::text,
      ${JSON.stringify(change)}::text::jsonb, ${actor}::text, ${why}::text)`,
  );
}

/** The same past what protects a stage or alias; the audit log says so in an event of its own. */
export async function writeOverride(
  db: Database,
  at: { model: string; version: string },
  { revision, ...change }: { revision: string | null } & Record<string, unknown>,
  { actor, reason }: { actor: string; reason: string },
): Promise<void> {
  await rows(
    db,
    sql`SELECT override_protection(${at.model}::text, ${at.version}::text, ${revision}::text,
      ${JSON.stringify(change)}::text::jsonb, ${actor}::text, ${reason}::text)`,
  );
}

/** The version that the alias points at now; null where there was none to put back. @throws TM014 where it is not `to` */
export async function writeAliasRollback(
  db: Database,
  at: { model: string; alias: string },
  to: string | null,
  { actor, why = null }: Author,
): Promise<string | null> {
  const [done] = await rows<{ version: string | null }>(
    db,
    sql`SELECT roll_back_alias(${at.model}::text, ${at.alias}::text, ${to}::text, ${actor}::text, ${why}::text)
      AS version`,
  );
  return done?.version ?? null;
}

/** The version that is in Production now; null where there was none to put back. @throws TM014 where it is not `to` */
export async function writeRollback(
  db: Database,
  model: string,
  to: string | null,
  { actor, why = null }: Author,
): Promise<string | null> {
  const [done] = await rows<{ version: string | null }>(
    db,
    sql`SELECT roll_back_production(${model}::text, ${to}::text, ${actor}::text, ${why}::text) AS version`,
  );
  return done?.version ?? null;
}
