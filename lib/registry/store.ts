import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { Stage } from "@/lib/models/schema";
import type { KeyValue } from "@/lib/runs/schema";
import { MODEL_COLUMNS, VERSION_COLUMNS } from "./columns";
import type { Author, ModelChange, RegisteredModel, RegisteredVersion } from "./schema";

const keys = (tags: readonly KeyValue[]) => sql`${texts(tags.map((tag) => tag.key))}::text::text[]`;
const values = (tags: readonly KeyValue[]) => sql`${texts(tags.map((tag) => tag.value))}::text::text[]`;

export async function selectModel(db: Database, model: string): Promise<RegisteredModel | null> {
  const [found] = await rows<RegisteredModel>(
    db,
    sql`SELECT ${MODEL_COLUMNS} FROM model m WHERE m.name = ${model}::text`,
  );
  return found ?? null;
}

export async function selectVersion(
  db: Database,
  model: string,
  version: string,
): Promise<RegisteredVersion | null> {
  const [found] = await rows<RegisteredVersion>(
    db,
    sql`SELECT ${VERSION_COLUMNS} FROM model m JOIN model_version v USING (model_id)
      WHERE m.name = ${model}::text AND v.name = ${version}::text`,
  );
  return found ?? null;
}

export async function selectVersionByAlias(
  db: Database,
  model: string,
  alias: string,
): Promise<RegisteredVersion | null> {
  const [found] = await rows<RegisteredVersion>(
    db,
    sql`SELECT ${VERSION_COLUMNS} FROM model m JOIN model_version v USING (model_id)
      JOIN model_alias w ON w.model_id = v.model_id AND w.version_id = v.version_id
      WHERE m.name = ${model}::text AND w.alias = ${alias}::text`,
  );
  return found ?? null;
}

type Search = { condition: SQL; order: SQL; position: SQL; limit: number };

export async function selectModels(
  db: Database,
  { condition, order, position, limit }: Search,
): Promise<(RegisteredModel & { position: string[] })[]> {
  return rows(
    db,
    sql`SELECT ${MODEL_COLUMNS}, ${position} AS position FROM model m WHERE ${condition}
      ORDER BY ${order} LIMIT ${limit}::int`,
  );
}

export async function selectVersions(
  db: Database,
  { condition, order, position, limit }: Search,
): Promise<(RegisteredVersion & { position: string[] })[]> {
  return rows(
    db,
    sql`SELECT ${VERSION_COLUMNS}, ${position} AS position FROM model m JOIN model_version v USING (model_id)
      WHERE ${condition} ORDER BY ${order} LIMIT ${limit}::int`,
  );
}

/** @throws 23505 where the name is taken */
export async function insertModel(
  db: Database,
  model: { name: string; description: string; tags: readonly KeyValue[] },
  { actor }: Author,
): Promise<void> {
  await rows(
    db,
    sql`SELECT create_model(${model.name}::text, ${model.description}::text, ${actor}::text, ${keys(model.tags)},
      ${values(model.tags)}, ${actor}::text)`,
  );
}

export type NewVersion = {
  model: string;
  source: string;
  storageLocation: string;
  runId: string | null;
  runLink: string;
  loggedModelId: string | null;
  description: string;
  tags: readonly KeyValue[];
};

/** The name of the new version. @throws TM010 where there is no such model */
export async function insertVersion(db: Database, version: NewVersion, { actor }: Author): Promise<string> {
  const [made] = await rows<{ name: string }>(
    db,
    sql`SELECT create_model_version(${version.model}::text, ${version.source}::text,
      ${version.storageLocation}::text, ${version.runId}::text, ${version.runLink}::text,
      ${version.loggedModelId}::text, ${version.description}::text, ${actor}::text, ${keys(version.tags)},
      ${values(version.tags)}, ${actor}::text) AS name`,
  );
  return made!.name;
}

export async function writeStage(
  db: Database,
  at: { model: string; version: string },
  { stage, archiveOthers }: { stage: Stage; archiveOthers: boolean },
  { actor, why = null }: Author,
): Promise<void> {
  await rows(
    db,
    sql`SELECT transition_stage(${at.model}::text, ${at.version}::text, ${stage}::text, ${archiveOthers}::boolean,
      ${actor}::text, ${why}::text)`,
  );
}

/** A null version takes the alias away. */
export async function writeAlias(
  db: Database,
  at: { model: string; alias: string; version: string | null },
  { actor, why = null }: Author,
): Promise<void> {
  await rows(
    db,
    sql`SELECT set_model_alias(${at.model}::text, ${at.alias}::text, ${at.version}::text, ${actor}::text,
      ${why}::text)`,
  );
}

/** A null version deletes the model. @throws TM013 where predictions were logged for it */
export async function deleteRegistered(
  db: Database,
  at: { model: string; version: string | null },
  { actor }: Author,
): Promise<void> {
  await rows(db, sql`SELECT delete_registered(${at.model}::text, ${at.version}::text, ${actor}::text)`);
}

/** @throws 23505 where the name is taken */
export async function writeName(db: Database, model: string, name: string, { actor }: Author): Promise<void> {
  await rows(db, sql`SELECT rename_model(${model}::text, ${name}::text, ${actor}::text)`);
}

export async function writeModelDescription(
  db: Database,
  model: string,
  description: string,
  { actor }: Author,
): Promise<void> {
  await rows(
    db,
    sql`WITH former AS (SELECT model_id, description FROM model WHERE name = ${model}::text FOR NO KEY UPDATE),
      written AS (
        UPDATE model m SET description = ${description}::text, updated_at = clock_timestamp()
        FROM former WHERE m.model_id = former.model_id
      )
      SELECT write_audit(${actor}::text, 'model.describe', 'model:' || ${model}::text,
        jsonb_build_object('description', description), jsonb_build_object('description', ${description}::text))
      FROM former`,
  );
}

/** A mark of a model's own words: description, owner, tags. */
export async function selectModelRevision(db: Database, model: string): Promise<string> {
  const [found] = await rows<{ revision: string }>(
    db,
    sql`SELECT model_revision(model_id) AS revision FROM model WHERE name = ${model}::text`,
  );
  return found?.revision ?? "";
}

/** @throws TM010 without the model, TM014 where `revision` is given and not the model's any more */
export async function writeModelChange(
  db: Database,
  model: string,
  { revision, ...change }: { revision: string | null } & Record<string, unknown>,
  { actor, why = null }: Author,
): Promise<void> {
  await rows(
    db,
    sql`SELECT change_model(${model}::text, ${revision}::text, ${JSON.stringify(change)}::text::jsonb,
      ${actor}::text, ${why}::text)`,
  );
}

/** What was changed of a model and its versions, latest first. */
export async function selectChanges(
  db: Database,
  { model, beforeId, limit }: { model: string; beforeId: string | null; limit: number },
): Promise<ModelChange[]> {
  return rows(
    db,
    sql`SELECT change_id::text AS id, floor(extract(epoch FROM at) * 1000)::float8 AS at_ms, actor, kind, model,
        subject, version, "from", "to", why, warrant, promotion_id
      FROM model_change WHERE model_id = (SELECT model_id FROM model WHERE name = ${model}::text)
        AND (${beforeId}::text IS NULL OR change_id < (${beforeId}::text)::bigint)
      ORDER BY change_id DESC LIMIT ${limit}::int`,
  );
}
