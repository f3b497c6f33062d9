import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { KeyValue } from "@/lib/runs/schema";
import type { LoggedModel, LoggedModelStatus, ModelMetric } from "./schema";

type Row = Omit<LoggedModel, "metrics"> & {
  metrics: (Omit<ModelMetric, "value"> & { value: number | string })[];
};

const pairs = (table: string) =>
  sql`coalesce((SELECT json_agg(json_build_object('key', p.key, 'value', p.value) ORDER BY p.key)
    FROM ${sql.raw(table)} p WHERE p.logged_model_id = l.logged_model_id), '[]')`;

const COLUMNS = sql`l.logged_model_id AS model_id, l.experiment_id::text AS experiment_id, l.name, l.artifact_uri,
  l.status, l.status_message, l.model_type, l.source_run_id, l.creation_time::float8 AS creation_time,
  l.last_update_time::float8 AS last_update_time, ${pairs("logged_model_param")} AS params,
  ${pairs("logged_model_tag")} AS tags,
  coalesce((SELECT json_agg(json_build_object('key', x.key, 'value', x.value, 'timestamp', x."timestamp",
      'step', x.step, 'run_id', x.run_id, 'dataset_name', nullif(x.dataset_name, ''),
      'dataset_digest', nullif(x.dataset_digest, '')) ORDER BY x.key, x."timestamp")
    FROM logged_model_metric x WHERE x.logged_model_id = l.logged_model_id), '[]') AS metrics,
  coalesce((SELECT json_agg(json_build_object('name', m.name, 'version', v.name) ORDER BY m.name, v.version_id)
    FROM model_version v JOIN model m USING (model_id) WHERE v.logged_model_id = l.logged_model_id), '[]')
    AS registrations`;

/** JSON has no NaN: Postgres writes it, and the infinities, as text. */
const toModel = (row: Row): LoggedModel => ({
  ...row,
  metrics: row.metrics.map((metric) => ({ ...metric, value: Number(metric.value) })),
});

export async function selectLoggedModel(db: Database, id: string): Promise<LoggedModel | null> {
  const [found] = await rows<Row>(
    db,
    sql`SELECT ${COLUMNS} FROM logged_model l WHERE l.logged_model_id = ${id}::text AND l.deleted_time IS NULL`,
  );
  return found ? toModel(found) : null;
}

export async function selectLoggedModels(
  db: Database,
  {
    from,
    condition,
    order,
    position,
    limit,
  }: { from: SQL; condition: SQL; order: SQL; position: SQL; limit: number },
): Promise<{ model: LoggedModel; position: string[] }[]> {
  const found = await rows<Row & { position: string[] }>(
    db,
    sql`SELECT ${COLUMNS}, ${position} AS position FROM ${from} WHERE ${condition}
      ORDER BY ${order} LIMIT ${limit}::int`,
  );
  return found.map(({ position, ...row }) => ({ model: toModel(row), position }));
}

/** False where there is no such experiment, or it is deleted. */
export async function insertLoggedModel(
  db: Database,
  model: {
    id: string;
    experiment: number;
    name: string;
    modelType: string | null;
    sourceRunId: string | null;
    params: readonly KeyValue[];
    tags: readonly KeyValue[];
  },
  nowMs: number,
): Promise<boolean> {
  const made = await rows(
    db,
    sql`WITH made AS (
        INSERT INTO logged_model (logged_model_id, experiment_id, name, artifact_uri, status, model_type,
          source_run_id, creation_time, last_update_time)
        SELECT ${model.id}::text, experiment_id, ${model.name}::text,
          rtrim(artifact_location, '/') || '/models/' || ${model.id}::text || '/artifacts', 'LOGGED_MODEL_PENDING',
          ${model.modelType}::text, ${model.sourceRunId}::text, ${nowMs}::float8::bigint, ${nowMs}::float8::bigint
        FROM experiment WHERE experiment_id = ${model.experiment}::int AND lifecycle_stage = 'active'
        RETURNING logged_model_id
      ), params AS (${insertPairs("logged_model_param", sql`SELECT logged_model_id FROM made`, model.params)}
      ), tags AS (${insertPairs("logged_model_tag", sql`SELECT logged_model_id FROM made`, model.tags)})
      SELECT 1 AS done FROM made`,
  );
  return made.length > 0;
}

const insertPairs = (table: string, model: SQL, pairs: readonly KeyValue[]) =>
  sql`INSERT INTO ${sql.raw(table)} (logged_model_id, key, value)
    SELECT DISTINCT ON (p.key COLLATE "C") m.logged_model_id, p.key, p.value FROM (${model}) AS m,
      unnest(${texts(pairs.map((pair) => pair.key))}::text::text[],
        ${texts(pairs.map((pair) => pair.value))}::text::text[]) WITH ORDINALITY AS p (key, value, place)
    ORDER BY p.key COLLATE "C", p.place DESC
    ON CONFLICT (logged_model_id, key) DO UPDATE SET value = excluded.value`;

export async function writePairs(
  db: Database,
  kind: "param" | "tag",
  id: string,
  pairs: readonly KeyValue[],
): Promise<void> {
  const model = sql`SELECT logged_model_id FROM logged_model WHERE logged_model_id = ${id}::text`;
  await rows(db, insertPairs(`logged_model_${kind}`, model, pairs));
}

export async function deleteLoggedModelTagRow(db: Database, id: string, key: string): Promise<boolean> {
  const deleted = await rows(
    db,
    sql`DELETE FROM logged_model_tag WHERE logged_model_id = ${id}::text AND key = ${key}::text RETURNING 1 AS done`,
  );
  return deleted.length > 0;
}

export async function writeStatus(
  db: Database,
  id: string,
  status: LoggedModelStatus,
  nowMs: number,
): Promise<void> {
  await rows(
    db,
    sql`UPDATE logged_model SET status = ${status}::text, last_update_time = ${nowMs}::float8::bigint
      WHERE logged_model_id = ${id}::text`,
  );
}

/** Hides a model; its files and what it was registered as stay. */
export async function hideLoggedModel(db: Database, id: string, nowMs: number): Promise<void> {
  await rows(
    db,
    sql`UPDATE logged_model SET deleted_time = ${nowMs}::float8::bigint WHERE logged_model_id = ${id}::text`,
  );
}
