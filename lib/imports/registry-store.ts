import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { HeldBack, Of } from "./schema";

const moment = (ms: number): SQL => sql`('epoch'::timestamptz + ${ms}::float8 * interval '1 millisecond')`;
const keys = (tags: readonly { key: string }[]) => sql`${texts(tags.map((tag) => tag.key))}::text::text[]`;
const values = (tags: readonly { value: string }[]) =>
  sql`${texts(tags.map((tag) => tag.value))}::text::text[]`;

/** Makes the model unless one of that name is there, which then stays as it is. */
export async function putModel(db: Database, model: Of<"model">, actor: string): Promise<boolean> {
  const made = await rows(
    db,
    sql`WITH made AS (
        INSERT INTO model (name, description, owner, created_at, updated_at)
        SELECT ${model.name}::text, ${model.description}::text, ${model.owner}::text, ${moment(model.created_ms)},
          ${moment(model.updated_ms)}
        WHERE NOT EXISTS (SELECT 1 FROM model WHERE name = ${model.name}::text)
        ON CONFLICT (name) DO NOTHING RETURNING model_id
      ), tagged AS (
        INSERT INTO model_tag (model_id, key, value)
        SELECT model_id, key, value FROM made, unnest(${keys(model.tags)}, ${values(model.tags)}) AS t (key, value)
        ON CONFLICT DO NOTHING
      )
      SELECT write_audit(${actor}::text, 'model.import', 'model:' || ${model.name}::text, NULL,
        jsonb_build_object('description', ${model.description}::text)) FROM made`,
  );
  return made.length > 0;
}

/**
 * Makes a version under its number. One that logged predictions made, of which the registry knows nothing yet, is
 * filled in, in no stage where a policy protects the one it had. False where there is one already.
 * @throws 23505 where another version is made at the same moment, TM040 where its stage becomes protected at it
 */
export async function putVersion(db: Database, version: Of<"version">, actor: string): Promise<boolean> {
  const made = await rows(
    db,
    sql`WITH the AS (
        SELECT model_id, name, CASE WHEN promotion_rule(model_id, 'stage', ${version.stage}::text) IS NULL
          THEN ${version.stage}::text ELSE 'None' END AS stage
        FROM model WHERE name = ${version.model}::text FOR NO KEY UPDATE
      ), made AS (
        INSERT INTO model_version AS v (model_id, version_id, name, stage, description, owner, source,
          storage_location, run_id, run_link, logged_model_id, created_at, updated_at)
        SELECT model_id, 1 + coalesce((SELECT max(o.version_id) FROM model_version o WHERE o.model_id = the.model_id), 0),
          ${String(version.number)}::text, the.stage, ${version.description}::text,
          ${version.owner}::text, ${version.source}::text, ${version.storage_location}::text,
          ${version.run_id}::text, ${version.run_link}::text, ${version.logged_model_id}::text,
          ${moment(version.created_ms)}, ${moment(version.updated_ms)}
        FROM the
        ON CONFLICT (model_id, name) DO UPDATE SET stage = excluded.stage, description = excluded.description,
          owner = excluded.owner, source = excluded.source, storage_location = excluded.storage_location,
          run_id = excluded.run_id, run_link = excluded.run_link, logged_model_id = excluded.logged_model_id,
          updated_at = excluded.updated_at
        WHERE v.source = '' AND v.run_id IS NULL AND v.owner IS NULL AND v.description = '' AND v.stage = 'None'
          AND (excluded.source <> '' OR excluded.run_id IS NOT NULL)
        RETURNING v.model_id, v.version_id, v.name, v.stage
      ), counted AS (
        UPDATE model m SET last_number = greatest(m.last_number, ${version.number}::int)
        FROM made WHERE m.model_id = made.model_id
      ), tagged AS (
        INSERT INTO version_tag (model_id, version_id, key, value)
        SELECT model_id, version_id, key, value
        FROM made, unnest(${keys(version.tags)}, ${values(version.tags)}) AS t (key, value)
        ON CONFLICT DO NOTHING
      ), moved AS (
        INSERT INTO model_change (model_id, actor, kind, model, subject, "from", "to", why)
        SELECT model_id, ${actor}::text, 'stage', ${version.model}::text, name, 'None', stage, 'imported'
        FROM made WHERE stage <> 'None'
      )
      SELECT write_audit(${actor}::text, 'version.import', 'version:' || ${version.model}::text || '/' || name, NULL,
        jsonb_build_object('source', ${version.source}::text, 'run_id', ${version.run_id}::text, 'stage', stage))
      FROM made`,
  );
  return made.length > 0;
}

/** Points aliases at a version, those that point nowhere yet and that no policy protects. How many that were. */
export async function putAliases(
  db: Database,
  { model, number, aliases }: { model: string; number: number; aliases: readonly string[] },
  actor: string,
): Promise<number> {
  const added = await rows(
    db,
    sql`WITH added AS (
        INSERT INTO model_alias (model_id, alias, version_id)
        SELECT v.model_id, a.alias, v.version_id FROM model m JOIN model_version v USING (model_id),
          unnest(${texts(aliases)}::text::text[]) AS a (alias)
        WHERE m.name = ${model}::text AND v.name = ${String(number)}::text
          AND promotion_rule(v.model_id, 'alias', a.alias) IS NULL
        ON CONFLICT (model_id, alias) DO NOTHING RETURNING model_id, alias
      )
      INSERT INTO model_change (model_id, actor, kind, model, subject, "from", "to", why)
      SELECT model_id, ${actor}::text, 'alias', ${model}::text, alias, NULL, ${String(number)}::text, 'imported'
      FROM added RETURNING 1 AS done`,
  );
  return added.length;
}

/** What the version had where it comes from and has not here, since a policy protects it. */
export async function selectHeldBack(
  db: Database,
  { model, number, stage, aliases }: Pick<Of<"version">, "model" | "number" | "stage" | "aliases">,
): Promise<HeldBack[]> {
  return rows(
    db,
    sql`SELECT t.kind, t.name FROM model m JOIN model_version v USING (model_id), (
          SELECT 'stage' AS kind, ${stage}::text AS name
          UNION ALL SELECT 'alias', a FROM unnest(${texts(aliases)}::text::text[]) AS a
        ) AS t
      WHERE m.name = ${model}::text AND v.name = ${String(number)}::text
        AND promotion_rule(m.model_id, t.kind, t.name) IS NOT NULL
        AND CASE t.kind WHEN 'stage' THEN v.stage <> t.name ELSE NOT EXISTS (SELECT 1 FROM model_alias a
          WHERE a.model_id = v.model_id AND a.version_id = v.version_id AND a.alias = t.name) END
      ORDER BY t.kind DESC, t.name`,
  );
}
