import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { KeyValue, Run, RunDataset, RunInfo, RunMetric, RunStatus } from "./schema";

export const RUN_COLUMNS = sql`r.run_id, r.experiment_id::text AS experiment_id, r.run_name, r.user_id, r.status,
  r.lifecycle_stage, r.artifact_uri, r.start_time::float8 AS start_time, r.end_time::float8 AS end_time`;

type Attached = {
  metrics: RunMetric[];
  params: KeyValue[];
  tags: KeyValue[];
  datasets: RunDataset[];
  model_inputs: { model_id: string }[];
  model_outputs: { model_id: string; step: number }[];
};

export async function insertRun(
  db: Database,
  run: {
    runId: string;
    experiment: number;
    name: string;
    userId: string;
    startTime: number | null;
    tags: readonly KeyValue[];
  },
): Promise<void> {
  await rows(
    db,
    sql`SELECT create_run(${run.runId}::text, ${run.experiment}::int, ${run.name}::text, ${run.userId}::text,
      ${run.startTime}::float8::bigint, ${texts(run.tags.map((tag) => tag.key))}::text::text[],
      ${texts(run.tags.map((tag) => tag.value))}::text::text[])`,
  );
}

export async function writeRun(
  db: Database,
  runId: string,
  change: { status: RunStatus | null; endTime: number | null; name: string | null },
): Promise<void> {
  await rows(
    db,
    sql`SELECT update_run(${runId}::text, ${change.status}::text, ${change.endTime}::float8::bigint,
      ${change.name}::text)`,
  );
}

/** False where there is no such run. One that is there already changes nothing. */
export async function moveRun(
  db: Database,
  runId: string,
  to: "active" | "deleted",
  nowMs: number,
): Promise<boolean> {
  const moved = await rows(
    db,
    sql`UPDATE run SET lifecycle_stage = ${to}::text,
        deleted_time = CASE WHEN ${to}::text = 'deleted' THEN coalesce(deleted_time, ${nowMs}::float8::bigint) END
      WHERE run_id = ${runId}::text RETURNING 1 AS done`,
  );
  return moved.length > 0;
}

export async function deleteRunTag(db: Database, runId: string, key: string): Promise<boolean> {
  const deleted = await rows(
    db,
    sql`DELETE FROM run_tag WHERE run_id = ${runId}::text AND key = ${key}::text RETURNING 1 AS done`,
  );
  return deleted.length > 0;
}

export async function selectRunInfo(db: Database, runId: string): Promise<RunInfo | null> {
  const [found] = await rows<RunInfo>(
    db,
    sql`SELECT ${RUN_COLUMNS} FROM run r WHERE r.run_id = ${runId}::text`,
  );
  return found ?? null;
}

/** A page of runs, each with its position in the order. */
export async function selectRuns(
  db: Database,
  {
    from,
    condition,
    order,
    position,
    limit,
  }: { from: SQL; condition: SQL; order: SQL; position: SQL; limit: number },
): Promise<(RunInfo & { position: string[] })[]> {
  return rows(
    db,
    sql`SELECT ${RUN_COLUMNS}, ${position} AS position FROM ${from} WHERE ${condition}
      ORDER BY ${order} LIMIT ${limit}::int`,
  );
}

/**
 * Adds what hangs on runs, in one round trip for all of them. It travels in columns, which Postgres writes and Node
 * reads in half the time of rows; scalar subqueries keep Postgres from starting workers for it.
 */
export async function attach(db: Database, infos: readonly RunInfo[]): Promise<Run[]> {
  if (infos.length === 0) return [];
  const ids = texts(infos.map((info) => info.run_id));
  const theirs = sql`run_id = ANY (${ids}::text::text[])`;
  const [found] = await rows<Columns>(
    db,
    sql`SELECT
      (SELECT json_build_array(array_agg(run_id), array_agg(key), array_agg(value), array_agg("timestamp"),
          array_agg(step), array_agg(points), array_agg(min), array_agg(max))
        FROM (SELECT * FROM run_metric WHERE ${theirs} ORDER BY run_id, key) AS m) AS metrics,
      (SELECT json_build_array(array_agg(run_id), array_agg(key), array_agg(value))
        FROM (SELECT * FROM run_param WHERE ${theirs} ORDER BY run_id, key) AS p) AS params,
      (SELECT json_build_array(array_agg(run_id), array_agg(key), array_agg(value))
        FROM (SELECT * FROM run_tag WHERE ${theirs} ORDER BY run_id, key) AS t) AS tags,
      (SELECT json_build_array(array_agg(run_id), json_agg(dataset))
        FROM (SELECT i.run_id, json_build_object('name', d.name, 'digest', d.digest, 'source_type', d.source_type,
            'source', d.source, 'schema', d.schema, 'profile', d.profile, 'tags', i.tags) AS dataset
          FROM run_input i JOIN dataset d ON d.experiment_id = i.experiment_id AND d.name = i.name
            AND d.digest = i.digest
          WHERE ${theirs} ORDER BY i.run_id, d.name, d.digest) AS i) AS datasets,
      (SELECT json_build_array(array_agg(run_id), array_agg(direction), array_agg(logged_model_id), array_agg(step))
        FROM (SELECT * FROM run_model WHERE ${theirs} ORDER BY run_id, step, logged_model_id) AS o) AS models`,
  );
  const attached = new Map<string, Attached>(infos.map((info) => [info.run_id, nothing()]));
  const { metrics, params, tags, datasets, models } = found!;
  eachOf(metrics, (run, place) => attached.get(run)!.metrics.push(metricAt(metrics, place)));
  eachOf(params, (run, place) => attached.get(run)!.params.push(pairAt(params, place)));
  eachOf(tags, (run, place) => attached.get(run)!.tags.push(pairAt(tags, place)));
  eachOf(datasets, (run, place) => attached.get(run)!.datasets.push(readDataset(datasets[1][place]!)));
  eachOf(models, (run, place) => {
    const [direction, model_id, step] = [models[1][place]!, models[2][place]!, models[3][place]!];
    const { model_inputs, model_outputs } = attached.get(run)!;
    if (direction === "input") model_inputs.push({ model_id });
    else model_outputs.push({ model_id, step });
  });
  return infos.map((info) => ({ ...info, ...attached.get(info.run_id)! }));
}

const nothing = (): Attached => ({
  metrics: [],
  params: [],
  tags: [],
  datasets: [],
  model_inputs: [],
  model_outputs: [],
});

/** A number of JSON, which has no NaN and no infinities: Postgres writes them as text. */
type Num = number | string;
type Ids = string[] | null;

/** What hangs on runs, each kind as its columns; of none of a kind every column is null. */
type Columns = {
  metrics: [Ids, string[], Num[], number[], number[], number[], (Num | null)[], (Num | null)[]];
  params: [Ids, string[], string[]];
  tags: [Ids, string[], string[]];
  datasets: [Ids, KeptDataset[]];
  models: [Ids, ("input" | "output")[], string[], number[]];
};
type KeptDataset = Omit<RunDataset, "tags"> & { tags: Record<string, string> };

const eachOf = ([ids]: readonly [Ids, ...unknown[]], each: (runId: string, place: number) => void): void =>
  ids?.forEach(each);

const orNull = (value: Num | null): number | null => (value === null ? null : Number(value));

const metricAt = (
  [, keys, values, timestamps, steps, points, least, most]: Columns["metrics"],
  place: number,
): RunMetric => ({
  key: keys[place]!,
  value: Number(values[place]!),
  timestamp: timestamps[place]!,
  step: steps[place]!,
  points: points[place]!,
  min: orNull(least[place]!),
  max: orNull(most[place]!),
});

const pairAt = ([, keys, values]: Columns["params"], place: number): KeyValue => ({
  key: keys[place]!,
  value: values[place]!,
});

const readDataset = ({ tags, ...dataset }: KeptDataset): RunDataset => ({
  ...dataset,
  tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
});
