import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import type { KeyValue } from "@/lib/runs/schema";
import type { ColumnKind } from "./kinds";

/** Among runs a parent is named by this tag. */
export const PARENT_TAG = "mlflow.parentRunId";

export type ExperimentRecord = {
  experiment_id: string;
  name: string;
  lifecycle_stage: "active" | "deleted";
  created_ms: number;
  updated_ms: number;
  runs: number;
  running: number;
  failed: number;
  tags: KeyValue[];
};

/** Experiments with the counts of their runs, to be sorted by any of these columns. */
export const COUNTED = sql`(SELECT e.experiment_id, e.name, e.lifecycle_stage, e.creation_time AS created,
    greatest(e.last_update_time, c.latest) AS updated, coalesce(c.runs, 0) AS runs, coalesce(c.running, 0) AS running,
    coalesce(c.failed, 0) AS failed
  FROM experiment e LEFT JOIN (
    SELECT experiment_id, count(*) AS runs, count(*) FILTER (WHERE status = 'RUNNING') AS running,
      count(*) FILTER (WHERE status = 'FAILED') AS failed, max(greatest(start_time, end_time)) AS latest
    FROM run WHERE lifecycle_stage = 'active' GROUP BY experiment_id
  ) AS c USING (experiment_id))`;

export async function selectCounted(
  db: Database,
  { condition, order, position, limit }: { condition: SQL; order: SQL; position: SQL; limit: number },
): Promise<(ExperimentRecord & { position: string[] })[]> {
  return rows(
    db,
    sql`SELECT e.experiment_id::text AS experiment_id, e.name, e.lifecycle_stage, e.created::float8 AS created_ms,
        e.updated::float8 AS updated_ms, e.runs::int AS runs, e.running::int AS running, e.failed::int AS failed,
        coalesce((SELECT json_agg(json_build_object('key', t.key, 'value', t.value) ORDER BY t.key)
          FROM experiment_tag t WHERE t.experiment_id = e.experiment_id), '[]') AS tags,
        ${position} AS position
      FROM ${COUNTED} AS e WHERE ${condition} ORDER BY ${order} LIMIT ${limit}::int`,
  );
}

const TABLES: Record<ColumnKind, SQL> = {
  metrics: sql`run_metric`,
  params: sql`run_param`,
  tags: sql`run_tag`,
};

/** The names in use, by leaps through the index: what it costs grows with names, not with runs. */
export async function selectNames(
  db: Database,
  experiment: number,
  kind: ColumnKind,
  limit: number,
): Promise<string[]> {
  const table = TABLES[kind];
  const found = await rows<{ key: string }>(
    db,
    sql`WITH RECURSIVE names AS (
        (SELECT key FROM ${table} WHERE experiment_id = ${experiment}::int ORDER BY key LIMIT 1)
        UNION ALL
        SELECT (SELECT t.key FROM ${table} t WHERE t.experiment_id = ${experiment}::int AND t.key > names.key
          ORDER BY t.key LIMIT 1) FROM names WHERE names.key IS NOT NULL
      ) SELECT key FROM names WHERE key IS NOT NULL LIMIT ${limit}::int`,
  );
  return found.map(({ key }) => key);
}

export type Cells = {
  metrics: Map<string, { last: number; min: number | null; max: number | null }>;
  params: Map<string, string>;
  tags: Map<string, string>;
  parent: string | null;
  children: number;
};

type Item = [key: string, value: number | string, min?: number | string | null, max?: number | string | null];

/** What some runs have under some names, in one round trip. */
export async function selectCells(
  db: Database,
  {
    experiment,
    runIds,
    names,
  }: { experiment: number; runIds: readonly string[]; names: Record<ColumnKind, readonly string[]> },
): Promise<Map<string, Cells>> {
  const wanted = sql`SELECT unnest(${texts(runIds)}::text::text[]) COLLATE "C" AS run_id`;
  // Run by run through the primary key, whatever the planner believes: the embedded store gathers no statistics, and
  // going by (experiment, key) instead reads every run of the experiment a thousand times.
  const of = (kind: ColumnKind) =>
    sql`wanted CROSS JOIN LATERAL (SELECT c.* FROM ${TABLES[kind]} c WHERE c.run_id = wanted.run_id
      AND c.key = ANY (${texts(names[kind])}::text::text[]) OFFSET 0) AS c`;
  const found = await rows<{ run_id: string; kind: string; items: Item[] }>(
    db,
    sql`WITH wanted AS MATERIALIZED (${wanted})
      SELECT wanted.run_id, 'metrics' AS kind, json_agg(json_build_array(c.key, c.value, c.min, c.max)) AS items
        FROM ${of("metrics")} GROUP BY wanted.run_id
      UNION ALL SELECT wanted.run_id, 'params', json_agg(json_build_array(c.key, c.value))
        FROM ${of("params")} GROUP BY wanted.run_id
      UNION ALL SELECT wanted.run_id, 'tags', json_agg(json_build_array(c.key, c.value))
        FROM ${of("tags")} GROUP BY wanted.run_id
      UNION ALL SELECT run_id, 'parent', json_build_array(json_build_array(t.key, t.value))
        FROM wanted JOIN run_tag t USING (run_id) WHERE t.key = ${PARENT_TAG}::text
      UNION ALL SELECT wanted.run_id, 'children', json_build_array(json_build_array('', (
          SELECT count(*) FROM run_tag t WHERE t.experiment_id = ${experiment}::int
            AND t.key = ${PARENT_TAG}::text AND left(t.value, 64) = wanted.run_id
            AND EXISTS (SELECT 1 FROM run r WHERE r.run_id = t.run_id AND r.lifecycle_stage = 'active')
        ))) FROM wanted`,
  );
  const cells = new Map(runIds.map((id) => [id, nothing()]));
  for (const { run_id, kind, items } of found) {
    const of = cells.get(run_id)!;
    if (kind === "parent") of.parent = String(items[0]![1]);
    else if (kind === "children") of.children = Number(items[0]![1]);
    else if (kind === "metrics") {
      for (const [key, last, min, max] of items) {
        of.metrics.set(key, { last: Number(last), min: orNull(min), max: orNull(max) });
      }
    } else for (const [key, value] of items) of[kind as "params" | "tags"].set(key, String(value));
  }
  return cells;
}

const nothing = (): Cells => ({
  metrics: new Map(),
  params: new Map(),
  tags: new Map(),
  parent: null,
  children: 0,
});

/** JSON has no NaN: Postgres writes it, and the infinities, as text. */
const orNull = (value: number | string | null | undefined) =>
  value === null || value === undefined ? null : Number(value);

export async function countRuns(db: Database, from: SQL, condition: SQL): Promise<number> {
  const [found] = await rows<{ n: number }>(
    db,
    sql`SELECT count(*)::int AS n FROM ${from} WHERE ${condition}`,
  );
  return found!.n;
}

export type GroupRecord = {
  value: string | null;
  runs: number;
  means: [key: string, ...(number | null)[]][];
};

/** Runs by what they have under a name, the largest groups first, with the means of some metrics. */
export async function selectGroups(
  db: Database,
  {
    condition,
    by,
    metrics,
    limit,
  }: {
    condition: SQL;
    by: { kind: "params" | "tags"; key: string };
    metrics: readonly string[];
    limit: number;
  },
): Promise<GroupRecord[]> {
  const finite = (column: SQL) =>
    sql`avg(${column}) FILTER (WHERE ${column} NOT IN ('NaN', 'Infinity', '-Infinity'))`;
  return rows(
    db,
    sql`WITH matched AS MATERIALIZED (
        SELECT r.run_id, g.value FROM run r
        LEFT JOIN ${TABLES[by.kind]} g ON g.run_id = r.run_id AND g.key = ${by.key}::text WHERE ${condition}
      ), sizes AS (
        SELECT value, count(*)::int AS runs FROM matched GROUP BY value
        ORDER BY runs DESC, value LIMIT ${limit}::int
      ), means AS (
        SELECT matched.value, m.key, ${finite(sql`m.value`)} AS last, ${finite(sql`m.min`)} AS min,
          ${finite(sql`m.max`)} AS max
        FROM matched JOIN run_metric m ON m.run_id = matched.run_id
        WHERE m.key = ANY (${texts(metrics)}::text::text[]) GROUP BY matched.value, m.key
      )
      SELECT s.value, s.runs, coalesce((SELECT json_agg(json_build_array(m.key, m.last, m.min, m.max))
        FROM means m WHERE m.value IS NOT DISTINCT FROM s.value), '[]') AS means
      FROM sizes s ORDER BY s.runs DESC, s.value`,
  );
}
