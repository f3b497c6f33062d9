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

/** Adds what hangs on runs, in one round trip for all of them. */
export async function attach(db: Database, infos: readonly RunInfo[]): Promise<Run[]> {
  if (infos.length === 0) return [];
  const ids = sql`(SELECT unnest(${texts(infos.map((info) => info.run_id))}::text::text[]) COLLATE "C" AS run_id)`;
  const found = await rows<{ run_id: string; kind: keyof Attached; items: unknown[] }>(
    db,
    sql`WITH wanted AS MATERIALIZED ${ids}
      SELECT run_id, 'metrics' AS kind, json_agg(json_build_array(m.key, m.value, m."timestamp", m.step, m.points,
          m.min, m.max) ORDER BY m.key) AS items
        FROM wanted JOIN run_metric m USING (run_id) GROUP BY run_id
      UNION ALL SELECT run_id, 'params', json_agg(json_build_array(p.key, p.value) ORDER BY p.key)
        FROM wanted JOIN run_param p USING (run_id) GROUP BY run_id
      UNION ALL SELECT run_id, 'tags', json_agg(json_build_array(t.key, t.value) ORDER BY t.key)
        FROM wanted JOIN run_tag t USING (run_id) GROUP BY run_id
      UNION ALL SELECT run_id, 'datasets', json_agg(json_build_object('name', d.name, 'digest', d.digest,
          'source_type', d.source_type, 'source', d.source, 'schema', d.schema, 'profile', d.profile,
          'tags', i.tags) ORDER BY d.name, d.digest)
        FROM wanted JOIN run_input i USING (run_id)
        JOIN dataset d ON d.experiment_id = i.experiment_id AND d.name = i.name AND d.digest = i.digest GROUP BY run_id
      UNION ALL SELECT run_id, 'model_' || direction || 's',
          json_agg(json_build_object('model_id', logged_model_id, 'step', step) ORDER BY step, logged_model_id)
        FROM wanted JOIN run_model o USING (run_id) GROUP BY run_id, direction`,
  );
  const attached = new Map<string, Attached>(infos.map((info) => [info.run_id, nothing()]));
  for (const { run_id, kind, items } of found) {
    (attached.get(run_id)! as Record<string, unknown[]>)[kind] = items.map((item) => READ[kind](item));
  }
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

type Pair = [key: string, value: string];
type MetricItem = [
  string,
  number | string,
  number,
  number,
  number,
  number | string | null,
  number | string | null,
];

/** JSON has no NaN: Postgres writes it, and the infinities, as text. */
const readNumber = (value: number | string) => (typeof value === "number" ? value : Number(value));

const readMetric = ([key, value, timestamp, step, points, min, max]: MetricItem): RunMetric => ({
  key,
  value: readNumber(value),
  timestamp,
  step,
  points,
  min: min === null ? null : readNumber(min),
  max: max === null ? null : readNumber(max),
});

const readPair = ([key, value]: Pair): KeyValue => ({ key, value });

const READ: Record<keyof Attached, (item: unknown) => unknown> = {
  metrics: (item) => readMetric(item as MetricItem),
  params: (item) => readPair(item as Pair),
  tags: (item) => readPair(item as Pair),
  datasets: (item) => {
    const { tags, ...dataset } = item as Omit<RunDataset, "tags"> & { tags: Record<string, string> };
    return { ...dataset, tags: Object.entries(tags).map(readPair) };
  },
  model_inputs: (item) => ({ model_id: (item as { model_id: string }).model_id }),
  model_outputs: (item) => item,
};
