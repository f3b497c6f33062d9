import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { numbers, texts } from "@/lib/db/literal";
import { experimentNumber } from "./experiment-store";
import type { RunDataset, RunInfo } from "./schema";

/** Keeps which data sets a run read. A data set is kept once per experiment, by name and digest. */
export async function writeInputs(
  db: Database,
  { run_id, experiment_id }: Pick<RunInfo, "run_id" | "experiment_id">,
  datasets: readonly RunDataset[],
): Promise<void> {
  const column = (pick: (dataset: RunDataset) => string | null) =>
    sql`${texts(datasets.map(pick))}::text::text[]`;
  const tags = (dataset: RunDataset) =>
    JSON.stringify(Object.fromEntries(dataset.tags.map((tag) => [tag.key, tag.value])));
  await rows(
    db,
    sql`WITH given AS (
        SELECT DISTINCT ON (name COLLATE "C", digest COLLATE "C") * FROM unnest(${column((each) => each.name)},
          ${column((each) => each.digest)}, ${column((each) => each.source_type)}, ${column((each) => each.source)},
          ${column((each) => each.schema)}, ${column((each) => each.profile)}, ${column(tags)})
          AS d (name, digest, source_type, source, schema, profile, tags)
        ORDER BY name COLLATE "C", digest COLLATE "C"
      ), kept AS (
        INSERT INTO dataset (experiment_id, name, digest, source_type, source, schema, profile)
        SELECT ${experimentNumber(experiment_id)}::int, name, digest, source_type, source, schema, profile FROM given
        ON CONFLICT DO NOTHING
      )
      INSERT INTO run_input AS i (run_id, name, digest, experiment_id, tags)
      SELECT ${run_id}::text, name, digest, ${experimentNumber(experiment_id)}::int, tags::jsonb FROM given
      ON CONFLICT (run_id, name, digest) DO UPDATE SET tags = i.tags || excluded.tags`,
  );
}

export async function writeModelLinks(
  db: Database,
  runId: string,
  direction: "input" | "output",
  models: readonly { model_id: string; step: number }[],
): Promise<void> {
  await rows(
    db,
    sql`INSERT INTO run_model (run_id, direction, logged_model_id, step)
      SELECT DISTINCT ON (model COLLATE "C") ${runId}::text, ${direction}::text, model, step
      FROM unnest(${texts(models.map((model) => model.model_id))}::text::text[],
        ${numbers(models.map((model) => model.step))}::text::int8[]) AS u (model, step)
      ORDER BY model COLLATE "C", step DESC
      ON CONFLICT (run_id, direction, logged_model_id) DO UPDATE SET step = excluded.step`,
  );
}

export type DatasetSummary = { experiment_id: string; name: string; digest: string; context: string | null };

/** The data sets that runs of some experiments read, once per use. */
export async function selectDatasets(
  db: Database,
  experiments: readonly number[],
  limit: number,
): Promise<DatasetSummary[]> {
  return rows(
    db,
    sql`SELECT DISTINCT i.experiment_id::text AS experiment_id, i.name, i.digest,
        i.tags ->> 'mlflow.data.context' AS context
      FROM run_input i WHERE i.experiment_id = ANY (${`{${experiments.join(",")}}`}::text::int[])
      ORDER BY 1, 2, 3, 4 LIMIT ${limit}::int`,
  );
}
