import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { type Bins, CODES, EXPONENTIAL } from "@/lib/summaries/binner";
import type { VersionBins } from "@/lib/summaries/summarise";
import { type Column, findVersion, PREDICTION, SCORE, type VersionRecord } from "./store";

/** Dictionaries above this size are emptied and learnt anew, so that a column of ids cannot fill the memory. */
const DICTIONARY_LIMIT = 50_000;

/** A version with all that encoding a row takes, valid as long as its revision is. */
export type VersionContext = {
  record: VersionRecord;
  features: Column[];
  segments: Map<string, Column>;
  bins: VersionBins;
  /** Category → code per feature_id, as far as met; complete never. */
  dictionaries: Map<number, Map<string, number>>;
  /** Class → code. */
  classes: Map<string, number>;
};

/** Loads a version's encoding context, or null where there is no such version. */
export async function loadContext(
  db: Database,
  model: string,
  version: string,
): Promise<VersionContext | null> {
  const record = await findVersion(db, model, version);
  if (!record) return null;
  return {
    record,
    features: record.columns.filter((column) => column.role === "feature"),
    segments: new Map(
      record.columns.filter((column) => column.role === "segment").map((column) => [column.name, column]),
    ),
    bins: await loadBins(db, record),
    dictionaries: new Map(),
    classes: new Map(record.classes.map((value, index) => [value, index + 1])),
  };
}

/** The bins that a version's new rows are counted in: its baseline's, or exponential ones. */
export async function loadBins(
  db: Database,
  record: VersionRecord,
  baselineId = record.baselineId,
): Promise<VersionBins> {
  const edges = new Map<number, Float64Array>();
  if (baselineId > 0) {
    const found = await rows<{ feature_id: number; edges: number[] | null }>(
      db,
      sql`SELECT feature_id, edges FROM baseline_feature WHERE model_id = ${record.modelId}
        AND version_id = ${record.versionId} AND baseline_id = ${baselineId} AND edges IS NOT NULL`,
    );
    for (const row of found) edges.set(row.feature_id, Float64Array.from(row.edges!, Number));
  }
  const numerical = (featureId: number): Bins => {
    const of = edges.get(featureId);
    return of && of.length > 0 ? { kind: "edges", edges: of } : EXPONENTIAL;
  };
  return {
    columns: record.columns.map((column) => (column.type === "categorical" ? CODES : numerical(column.id))),
    prediction: record.task === "classification" ? CODES : numerical(PREDICTION),
    score: numerical(SCORE),
  };
}

/** The codes known for a column; one map per column and context. */
export function dictionary(context: VersionContext, featureId: number): Map<string, number> {
  let known = context.dictionaries.get(featureId);
  if (!known) {
    known = new Map();
    context.dictionaries.set(featureId, known);
  }
  return known;
}

/** To be called between batches: a word that one batch has just learnt must be there when the batch is encoded. */
export function trimDictionaries({ dictionaries }: VersionContext): void {
  for (const known of dictionaries.values()) if (known.size > DICTIONARY_LIMIT) known.clear();
}
