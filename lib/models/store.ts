import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { texts } from "@/lib/db/literal";
import { TidemarkError } from "@/lib/errors";
import { DEFAULT_SETTINGS, type Feature, type Stage, type Task, type VersionSettings } from "./schema";

/** A column of the packed vector; `id` is its 1-based place in it. */
export type Column = Feature & { id: number };

/** Places in a summary that are no columns of the vector. */
export const PREDICTION = 0;
export const SCORE = -1;
/** Only among a baseline's stored columns. */
export const LABEL = -2;

/** A version as the store knows it: what is needed to encode rows and to read summaries. */
export type VersionRecord = {
  modelId: number;
  versionId: number;
  model: string;
  version: string;
  stage: Stage;
  createdAt: number;
  revision: number;
  /** 0 = no baseline. */
  baselineId: number;
  task: Task | null;
  /** Code of the class that scores speak of. */
  positiveClass: number | null;
  /** By code − 1. */
  classes: string[];
  /** How many of them are known from labels alone. */
  labelClasses: number;
  settings: VersionSettings;
  columns: Column[];
};

type VersionRow = {
  model_id: number;
  version_id: number;
  model: string;
  version: string;
  stage: Stage;
  created_ms: number;
  revision: number;
  baseline_id: number;
  task: Task | null;
  positive_class: number | null;
  settings: Partial<VersionSettings>;
  classes: { code: number; value: string }[] | null;
  label_classes: number;
  columns: (Omit<Feature, never> & { id: number })[] | null;
};

/** The version, or null where there is none of that name. */
export async function findVersion(
  db: Database,
  model: string,
  version: string,
): Promise<VersionRecord | null> {
  const [row] = await rows<VersionRow>(
    db,
    sql`SELECT m.model_id, v.version_id, m.name AS model, v.name AS version, v.stage,
        (extract(epoch FROM v.created_at) * 1000)::float8 AS created_ms,
        v.revision, v.baseline_id, m.task, m.positive_class, v.settings,
        (SELECT json_agg(json_build_object('code', c.code, 'value', c.value) ORDER BY c.code)
          FROM class c WHERE c.model_id = m.model_id) AS classes,
        (SELECT count(*)::int FROM class c WHERE c.model_id = m.model_id AND c.label_only) AS label_classes,
        (SELECT json_agg(json_build_object('id', f.feature_id, 'name', f.name, 'role', f.role, 'type', f.type,
            'state', f.state, 'monitored', f.monitored, 'unit', f.unit, 'description', f.description,
            'thresholds', f.thresholds) ORDER BY f.feature_id)
          FROM feature f WHERE f.model_id = m.model_id AND f.version_id = v.version_id) AS columns
      FROM model m JOIN model_version v ON v.model_id = m.model_id
      WHERE m.name = ${model} AND v.name = ${version}`,
  );
  if (!row) return null;
  return {
    modelId: row.model_id,
    versionId: row.version_id,
    model: row.model,
    version: row.version,
    stage: row.stage,
    createdAt: row.created_ms,
    revision: row.revision,
    baselineId: row.baseline_id,
    task: row.task,
    positiveClass: row.positive_class,
    classes: (row.classes ?? []).map((entry) => entry.value),
    labelClasses: row.label_classes,
    settings: { ...DEFAULT_SETTINGS, ...row.settings },
    columns: row.columns ?? [],
  };
}

/** @throws TidemarkError `not_found` that names the model or version and what there is instead. */
export async function getVersion(db: Database, model: string, version: string): Promise<VersionRecord> {
  const found = await findVersion(db, model, version);
  if (found) return found;
  const known = await rows<{ name: string }>(
    db,
    sql`SELECT v.name FROM model m JOIN model_version v ON v.model_id = m.model_id
      WHERE m.name = ${model} ORDER BY v.version_id LIMIT 20`,
  );
  throw new TidemarkError(
    "not_found",
    known.length > 0
      ? `model "${model}" has no version "${version}"; it has ${known.map((entry) => `"${entry.name}"`).join(", ")}`
      : `there is no model "${model}"; a model appears with its first logged prediction or baseline`,
  );
}

/** Makes the model, and the version where one is named, unless they are there. */
export async function ensureVersion(db: Database, model: string, version: string | null): Promise<void> {
  await rows(db, sql`SELECT ensure_version(${model}::text, ${version}::text)`);
}

export async function ensureColumns(
  db: Database,
  at: { modelId: number; versionId: number },
  columns: readonly { role: string; name: string; type: string | null }[],
): Promise<void> {
  await rows(
    db,
    sql`SELECT ensure_columns(${at.modelId}::int, ${at.versionId}::int,
    ${texts(columns.map((column) => column.role))}::text::text[],
    ${texts(columns.map((column) => column.name))}::text::text[],
    ${texts(columns.map((column) => column.type))}::text::text[])`,
  );
}

/** Codes of categories, given one where there was none. */
export async function ensureCategories(
  db: Database,
  at: { modelId: number; versionId: number },
  wanted: readonly { featureId: number; value: string }[],
): Promise<{ featureId: number; value: string; code: number }[]> {
  const found = await rows<{ feature_id: number; value: string; code: number }>(
    db,
    sql`SELECT * FROM ensure_categories(${at.modelId}::int, ${at.versionId}::int,
      ${`{${wanted.map((entry) => entry.featureId).join(",")}}`}::text::int[],
      ${texts(wanted.map((entry) => entry.value))}::text::text[])`,
  );
  return found.map((row) => ({ featureId: row.feature_id, value: row.value, code: row.code }));
}

/** Codes of classes, given one where there was none. */
export async function ensureClasses(
  db: Database,
  modelId: number,
  values: readonly string[],
  { labelOnly = false }: { labelOnly?: boolean } = {},
): Promise<Map<string, number>> {
  const found = await rows<{ value: string; code: number }>(
    db,
    sql`SELECT * FROM ensure_classes(${modelId}::int, ${texts(values)}::text::text[], ${labelOnly}::boolean)`,
  );
  return new Map(found.map((row) => [row.value, row.code]));
}

export async function settleTask(db: Database, modelId: number, task: Task): Promise<void> {
  await rows(db, sql`SELECT settle_task(${modelId}::int, ${task}::text)`);
}

/** Says which class scores speak of, unless somebody has said it before. */
export async function settlePositiveClass(db: Database, modelId: number, code: number): Promise<void> {
  await rows(
    db,
    sql`UPDATE model SET positive_class = ${code}::int WHERE model_id = ${modelId} AND positive_class IS NULL`,
  );
}

/** Values behind category codes of some columns. */
export async function categoryValues(
  db: Database,
  at: { modelId: number; versionId: number },
  featureIds: readonly number[],
): Promise<Map<number, Map<number, string>>> {
  const found = await rows<{ feature_id: number; code: number; value: string }>(
    db,
    sql`SELECT feature_id, code, value FROM category WHERE model_id = ${at.modelId} AND version_id = ${at.versionId}
      AND feature_id = ANY (${`{${featureIds.join(",")}}`}::text::int[])`,
  );
  const values = new Map<number, Map<number, string>>(featureIds.map((id) => [id, new Map()]));
  for (const row of found) values.get(row.feature_id)!.set(row.code, row.value);
  return values;
}
