import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { numbers, texts } from "@/lib/db/literal";
import { experimentNumber } from "@/lib/runs/experiment-store";
import type { KeyValue, LifecycleStage, RunStatus } from "@/lib/runs/schema";
import type { Of } from "./schema";

const unnested = (
  pairs: readonly KeyValue[],
) => sql`unnest(${texts(pairs.map((pair) => pair.key))}::text::text[],
  ${texts(pairs.map((pair) => pair.value))}::text::text[])`;

/** Makes the experiment unless one of that name is there; adds the tags that are missing. */
export async function putExperiment(db: Database, each: Of<"experiment">): Promise<boolean> {
  const made = await rows(
    db,
    sql`INSERT INTO experiment (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
      SELECT id, ${each.name}::text, coalesce(${each.artifact_location}::text, 'mlflow-artifacts:/' || id),
        ${each.lifecycle_stage}::text, ${each.creation_time}::float8::bigint, ${each.last_update_time}::float8::bigint
      FROM (SELECT nextval(pg_get_serial_sequence('experiment', 'experiment_id'))::int AS id
        WHERE NOT EXISTS (SELECT 1 FROM experiment WHERE name = ${each.name}::text)) AS next
      ON CONFLICT (name) DO NOTHING RETURNING 1 AS done`,
  );
  return made.length > 0;
}

/** How many tags were added. */
export async function putExperimentTags(
  db: Database,
  id: string,
  tags: readonly KeyValue[],
): Promise<number> {
  const added = await rows(
    db,
    sql`INSERT INTO experiment_tag (experiment_id, key, value)
      SELECT ${experimentNumber(id)}::int, key, value FROM ${unnested(tags)} AS t (key, value)
      ON CONFLICT (experiment_id, key) DO NOTHING RETURNING 1 AS done`,
  );
  return added.length;
}

/** Makes the run unless it is there. False where it is, or where there is no such experiment. */
export async function putRun(db: Database, run: Of<"run">): Promise<boolean> {
  const made = await rows(
    db,
    sql`INSERT INTO run (run_id, experiment_id, run_name, user_id, status, artifact_uri, start_time)
      SELECT ${run.run_id}::text, experiment_id, ${run.run_name}::text, ${run.user_id}::text, 'RUNNING',
        coalesce(${run.artifact_uri}::text,
          rtrim(artifact_location, '/') || '/' || ${run.run_id}::text || '/artifacts'),
        ${run.start_time}::float8::bigint
      FROM experiment WHERE experiment_id = ${experimentNumber(run.experiment_id)}::int
      ON CONFLICT (run_id) DO NOTHING RETURNING 1 AS done`,
  );
  return made.length > 0;
}

export type Standing = {
  artifact_uri: string;
  status: RunStatus;
  lifecycle_stage: LifecycleStage;
  points: number;
};

export async function selectStanding(db: Database, runId: string): Promise<Standing | null> {
  const [found] = await rows<Standing>(
    db,
    sql`SELECT artifact_uri, status, lifecycle_stage,
        (SELECT coalesce(sum(points), 0)::float8 FROM run_metric m WHERE m.run_id = r.run_id) AS points
      FROM run r WHERE run_id = ${runId}::text`,
  );
  return found ?? null;
}

/** False where the run has ended here, was deleted here, or is not there. */
export async function endRun(db: Database, end: Of<"run_end">): Promise<boolean> {
  const ended = await rows(
    db,
    sql`UPDATE run SET status = ${end.status}::text, end_time = ${end.end_time}::float8::bigint,
        lifecycle_stage = ${end.lifecycle_stage}::text,
        deleted_time = CASE WHEN ${end.lifecycle_stage}::text = 'deleted' THEN ${end.deleted_time}::float8::bigint END
      WHERE run_id = ${end.run_id}::text AND lifecycle_stage = 'active' AND status IN ('RUNNING', 'SCHEDULED')
        AND (status, end_time, lifecycle_stage)
          IS DISTINCT FROM (${end.status}::text, ${end.end_time}::float8::bigint, ${end.lifecycle_stage}::text)
      RETURNING 1 AS done`,
  );
  return ended.length > 0;
}

/** Makes a logged model with all that hangs on it, unless it is there. */
export async function putLoggedModel(db: Database, model: Of<"logged_model">): Promise<boolean> {
  const column = (pick: (metric: (typeof model.metrics)[number]) => string) =>
    sql`${texts(model.metrics.map(pick))}::text::text[]`;
  const pairs = (table: string, given: readonly KeyValue[]) =>
    sql`INSERT INTO ${sql.raw(table)} (logged_model_id, key, value)
      SELECT logged_model_id, key, value FROM made, ${unnested(given)} AS t (key, value) ON CONFLICT DO NOTHING`;
  const made = await rows(
    db,
    sql`WITH made AS (
        INSERT INTO logged_model (logged_model_id, experiment_id, name, artifact_uri, status, status_message,
          model_type, source_run_id, creation_time, last_update_time)
        SELECT ${model.model_id}::text, experiment_id, ${model.name}::text,
          coalesce(${model.artifact_uri}::text,
            rtrim(artifact_location, '/') || '/models/' || ${model.model_id}::text || '/artifacts'),
          ${model.status}::text, ${model.status_message}::text, ${model.model_type}::text,
          ${model.source_run_id}::text, ${model.creation_time}::float8::bigint,
          ${model.last_update_time}::float8::bigint
        FROM experiment WHERE experiment_id = ${experimentNumber(model.experiment_id)}::int
        ON CONFLICT (logged_model_id) DO NOTHING RETURNING logged_model_id
      ), params AS (${pairs("logged_model_param", model.params)}
      ), tags AS (${pairs("logged_model_tag", model.tags)}
      ), metrics AS (
        INSERT INTO logged_model_metric (logged_model_id, key, run_id, dataset_name, dataset_digest, value,
          "timestamp", step)
        SELECT DISTINCT ON (u.key COLLATE "C", u.run COLLATE "C", u.dataset COLLATE "C", u.digest COLLATE "C")
          made.logged_model_id, u.key, u.run, u.dataset, u.digest, u.value, u."timestamp", u.step
        FROM made, unnest(${column((each) => each.key)}, ${column((each) => each.run_id)},
          ${column((each) => each.dataset_name)}, ${column((each) => each.dataset_digest)},
          ${`{${model.metrics.map((each) => each.value).join(",")}}`}::text::float8[],
          ${numbers(model.metrics.map((each) => each.timestamp))}::text::int8[],
          ${numbers(model.metrics.map((each) => each.step))}::text::int8[])
          AS u (key, run, dataset, digest, value, "timestamp", step)
        ORDER BY u.key COLLATE "C", u.run COLLATE "C", u.dataset COLLATE "C", u.digest COLLATE "C", u.step DESC,
          u."timestamp" DESC
      )
      SELECT 1 AS done FROM made`,
  );
  return made.length > 0;
}
