import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { Experiment, KeyValue } from "./schema";

const COLUMNS = sql`e.experiment_id::text AS experiment_id, e.name, e.artifact_location, e.lifecycle_stage,
  e.creation_time::float8 AS creation_time, e.last_update_time::float8 AS last_update_time,
  coalesce((SELECT json_agg(json_build_object('key', t.key, 'value', t.value) ORDER BY t.key)
    FROM experiment_tag t WHERE t.experiment_id = e.experiment_id), '[]') AS tags`;

/** Experiment ids are whole numbers as text; anything else is the id of none. */
export const experimentNumber = (id: string): number | null =>
  /^\d{1,9}$/.test(id) ? Number.parseInt(id, 10) : null;

export async function selectExperiment(db: Database, id: string): Promise<Experiment | null> {
  const number = experimentNumber(id);
  if (number === null) return null;
  const [found] = await rows<Experiment>(
    db,
    sql`SELECT ${COLUMNS} FROM experiment e WHERE e.experiment_id = ${number}::int`,
  );
  return found ?? null;
}

export async function selectExperimentByName(db: Database, name: string): Promise<Experiment | null> {
  const [found] = await rows<Experiment>(
    db,
    sql`SELECT ${COLUMNS} FROM experiment e WHERE e.name = ${name}::text`,
  );
  return found ?? null;
}

/** The new experiment's id, or null where the name is taken. */
export async function insertExperiment(
  db: Database,
  {
    name,
    artifactLocation,
    tags,
    nowMs,
  }: { name: string; artifactLocation: string | null; tags: readonly KeyValue[]; nowMs: number },
): Promise<string | null> {
  const [made] = await rows<{ id: string }>(
    db,
    sql`WITH made AS (
        INSERT INTO experiment (experiment_id, name, artifact_location, creation_time, last_update_time)
        SELECT id, ${name}::text, coalesce(${artifactLocation}::text, 'mlflow-artifacts:/' || id), ms, ms
        FROM (SELECT nextval(pg_get_serial_sequence('experiment', 'experiment_id'))::int AS id,
          ${nowMs}::float8::bigint AS ms) AS next
        ON CONFLICT (name) DO NOTHING
        RETURNING experiment_id
      ), tagged AS (
        INSERT INTO experiment_tag (experiment_id, key, value)
        SELECT DISTINCT ON (t.key COLLATE "C") made.experiment_id, t.key, t.value
        FROM made, unnest(${texts(tags.map((tag) => tag.key))}::text::text[],
          ${texts(tags.map((tag) => tag.value))}::text::text[]) WITH ORDINALITY AS t (key, value, place)
        ORDER BY t.key COLLATE "C", t.place DESC
      )
      SELECT experiment_id::text AS id FROM made`,
  );
  return made?.id ?? null;
}

/** False where there is no such experiment in the stage it must be in. @throws 23505 where the name is taken */
export async function renameExperiment(
  db: Database,
  number: number,
  name: string,
  nowMs: number,
): Promise<boolean> {
  const renamed = await rows(
    db,
    sql`UPDATE experiment SET name = ${name}::text, last_update_time = ${nowMs}::float8::bigint
      WHERE experiment_id = ${number}::int AND lifecycle_stage = 'active' RETURNING 1 AS done`,
  );
  return renamed.length > 0;
}

/** Deletes an experiment with its runs, or brings it back with those that were deleted with it. */
export async function moveExperiment(
  db: Database,
  number: number,
  to: "active" | "deleted",
  nowMs: number,
): Promise<boolean> {
  const moved =
    to === "deleted"
      ? sql`WITH moved AS (
          UPDATE experiment SET lifecycle_stage = 'deleted', last_update_time = ${nowMs}::float8::bigint
          WHERE experiment_id = ${number}::int AND lifecycle_stage = 'active' RETURNING 1 AS done
        ), runs AS (
          UPDATE run SET lifecycle_stage = 'deleted', deleted_time = ${nowMs}::float8::bigint
          WHERE experiment_id = ${number}::int AND lifecycle_stage = 'active' AND EXISTS (SELECT 1 FROM moved)
        ) SELECT done FROM moved`
      : sql`WITH former AS (
          SELECT last_update_time AS ms FROM experiment
          WHERE experiment_id = ${number}::int AND lifecycle_stage = 'deleted' FOR UPDATE
        ), moved AS (
          UPDATE experiment SET lifecycle_stage = 'active', last_update_time = ${nowMs}::float8::bigint
          WHERE experiment_id = ${number}::int AND EXISTS (SELECT 1 FROM former) RETURNING 1 AS done
        ), runs AS (
          UPDATE run SET lifecycle_stage = 'active', deleted_time = NULL
          FROM former WHERE run.experiment_id = ${number}::int AND run.deleted_time = former.ms
        ) SELECT done FROM moved`;
  return (await rows(db, moved)).length > 0;
}

export async function upsertExperimentTag(
  db: Database,
  number: number,
  { key, value }: KeyValue,
): Promise<void> {
  await rows(
    db,
    sql`INSERT INTO experiment_tag (experiment_id, key, value) VALUES (${number}::int, ${key}::text, ${value}::text)
      ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value`,
  );
}

export async function deleteExperimentTagRow(db: Database, number: number, key: string): Promise<boolean> {
  const deleted = await rows(
    db,
    sql`DELETE FROM experiment_tag WHERE experiment_id = ${number}::int AND key = ${key}::text RETURNING 1 AS done`,
  );
  return deleted.length > 0;
}

/** A page of experiments, each with its position in the order. */
export async function selectExperiments(
  db: Database,
  { condition, order, position, limit }: { condition: SQL; order: SQL; position: SQL; limit: number },
): Promise<(Experiment & { position: string[] })[]> {
  return rows(
    db,
    sql`SELECT ${COLUMNS}, ${position} AS position FROM experiment e WHERE ${condition}
      ORDER BY ${order} LIMIT ${limit}::int`,
  );
}
