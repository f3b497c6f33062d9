import type { Database } from "@/lib/db/client";
import type { VersionRecord } from "@/lib/models/store";
import { readCategoryNames, type StoredRow } from "./browse-store";
import type { LoggedPrediction } from "./schema";

/** Category names met so far; a long read passes the same one on from page to page. */
export type Names = Map<string, string>;

/** Stored rows as they were logged: features by name, classes and categories by word. */
export async function decodeRows(
  db: Database,
  record: VersionRecord,
  stored: readonly StoredRow[],
  names: Names = new Map(),
): Promise<LoggedPrediction[]> {
  const categorical = record.columns.filter((column) => column.type !== "numerical");
  const wanted = new Map<string, { featureId: number; code: number }>();
  for (const row of stored) {
    for (const { id } of categorical) {
      const code = present(row.features[id - 1]);
      if (code === null) continue;
      const key = `${id}:${code}`;
      if (!names.has(key)) wanted.set(key, { featureId: id, code });
    }
  }
  for (const found of await readCategoryNames(db, record, [...wanted.values()])) {
    names.set(`${found.featureId}:${found.code}`, found.value);
  }
  return stored.map((row) => decodeRow(record, row, names));
}

function decodeRow(record: VersionRecord, row: StoredRow, names: Names): LoggedPrediction {
  const classes = record.task === "classification";
  const outcome = (value: number | null) =>
    value === null ? null : classes ? (record.classes[value - 1] ?? `class ${value}`) : value;
  const features: LoggedPrediction["features"] = Object.create(null);
  const segment: LoggedPrediction["segment"] = Object.create(null);
  for (const { id, name, role, type } of record.columns) {
    const value = present(row.features[id - 1]);
    const shown =
      value === null || type === "numerical" ? value : (names.get(`${id}:${value}`) ?? String(value));
    if (role === "feature") features[name] = shown;
    else if (shown !== null) segment[name] = String(shown);
  }
  return {
    id: row.id,
    timestamp: new Date(row.ts_ms).toISOString(),
    prediction: outcome(row.prediction),
    score: row.score,
    label: outcome(row.label),
    correct: classes && row.prediction !== null && row.label !== null ? row.prediction === row.label : null,
    latency_ms: row.latency_ms,
    error: row.error,
    features,
    segment,
  };
}

/** postgres.js reads a NULL among numbers as NaN; a row older than a column is too short. */
const present = (value: number | null | undefined): number | null =>
  value === null || value === undefined || Number.isNaN(value) ? null : value;
