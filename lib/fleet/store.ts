import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import type { Stage, Task } from "@/lib/models/schema";

export type ModelRow = {
  modelId: number;
  model: string;
  task: Task | null;
  positiveClass: number | null;
  createdMs: number;
  /** By code − 1. */
  classes: string[] | null;
};

/** A version with the totals that its summaries hold: enough to know whether anything has changed. */
export type VersionRow = {
  modelId: number;
  versionId: number;
  version: string;
  stage: Stage;
  createdMs: number;
  revision: number;
  settings: string;
  features: number;
  n: number;
  errors: number;
  firstMs: number | null;
  lastMs: number | null;
  receivedMs: number | null;
  labelled: number;
  /** Moves with every label that comes or changes. */
  outcomes: string;
  baseline: {
    id: number;
    kind: "file" | "window";
    rows: number;
    labelled: number;
    fromMs: number | null;
    toMs: number | null;
    fileName: string | null;
    createdMs: number;
  } | null;
};

const only = (model: string | null) => (model === null ? sql`` : sql` WHERE m.name = ${model}`);

/** All models, or the one of that name. */
export function readModels(db: Database, model: string | null): Promise<ModelRow[]> {
  return rows<ModelRow>(
    db,
    sql`SELECT m.model_id AS "modelId", m.name AS model, m.task, m.positive_class AS "positiveClass",
        (extract(epoch FROM m.created_at) * 1000)::float8 AS "createdMs",
        (SELECT json_agg(c.value ORDER BY c.code) FROM class c WHERE c.model_id = m.model_id) AS classes
      FROM model m${only(model)} ORDER BY m.name`,
  );
}

/** Their versions, newest last. Costs days × classes, not predictions. */
export function readVersions(db: Database, model: string | null): Promise<VersionRow[]> {
  return rows<VersionRow>(
    db,
    sql`SELECT v.model_id AS "modelId", v.version_id AS "versionId", v.name AS version, v.stage,
        (extract(epoch FROM v.created_at) * 1000)::float8 AS "createdMs", v.revision, v.settings::text AS settings,
        (SELECT count(*) FROM feature f WHERE f.model_id = v.model_id AND f.version_id = v.version_id
          AND f.role = 'feature')::int AS features,
        coalesce(t.n, 0)::float8 AS n, coalesce(t.errors, 0)::float8 AS errors,
        (extract(epoch FROM first.ts) * 1000)::float8 AS "firstMs",
        (extract(epoch FROM last.ts) * 1000)::float8 AS "lastMs",
        (extract(epoch FROM t.received) * 1000)::float8 AS "receivedMs",
        coalesce(o.n, 0)::float8 AS labelled, coalesce(o.mark, '') AS outcomes,
        (SELECT json_build_object('id', b.baseline_id, 'kind', b.kind, 'rows', b.rows, 'labelled', b.labelled,
            'fromMs', extract(epoch FROM b.window_from) * 1000, 'toMs', extract(epoch FROM b.window_to) * 1000,
            'fileName', b.file_name, 'createdMs', extract(epoch FROM b.created_at) * 1000)
          FROM baseline b WHERE b.model_id = v.model_id AND b.version_id = v.version_id
            AND b.baseline_id = v.baseline_id) AS baseline
      FROM model m JOIN model_version v ON v.model_id = m.model_id
      LEFT JOIN LATERAL (
        SELECT sum(n) AS n, sum(errors) AS errors, max(received_at) AS received FROM traffic_summary
        WHERE model_id = v.model_id AND version_id = v.version_id AND grain = 24
      ) AS t ON true
      LEFT JOIN LATERAL (
        SELECT sum(n) AS n, concat_ws(' ', sum(n * (actual * 1009 + predicted)), sum(scored), sum(sum_score),
          sum(sum_squared_error), sum(sum_label)) AS mark
        FROM performance_summary WHERE model_id = v.model_id AND version_id = v.version_id AND grain = 24
      ) AS o ON true
      LEFT JOIN LATERAL (
        SELECT ts FROM prediction WHERE model_id = v.model_id AND version_id = v.version_id ORDER BY ts LIMIT 1
      ) AS first ON true
      LEFT JOIN LATERAL (
        SELECT ts FROM prediction WHERE model_id = v.model_id AND version_id = v.version_id ORDER BY ts DESC LIMIT 1
      ) AS last ON true${only(model)}
      ORDER BY v.model_id, v.version_id`,
  );
}

export type DayRow = { startMs: number; n: number; errors: number };

/** A version's newest days with rows, oldest first. */
export async function readDays(
  db: Database,
  { modelId, versionId }: { modelId: number; versionId: number },
  most: number,
): Promise<DayRow[]> {
  const found = await rows<DayRow>(
    db,
    sql`SELECT (extract(epoch FROM start) * 1000)::float8 AS "startMs", n::float8 AS n, errors::float8 AS errors
      FROM traffic_summary WHERE model_id = ${modelId} AND version_id = ${versionId} AND grain = 24
      ORDER BY start DESC LIMIT ${most}`,
  );
  return found.reverse();
}
