import { type BaselineFeature, readBaselineFeatures } from "@/lib/baselines/store";
import type { Database } from "@/lib/db/client";
import { loadBins } from "@/lib/models/context";
import type { FeatureType, Thresholds } from "@/lib/models/schema";
import { categoryValues, PREDICTION, SCORE, type VersionRecord } from "@/lib/models/store";
import type { Bins } from "@/lib/summaries/binner";
import type { VersionBins } from "@/lib/summaries/summarise";

/** A column as drift looks at it. */
export type DriftColumn = {
  id: number;
  name: string;
  type: FeatureType | null;
  unit: string | null;
  thresholds: Thresholds;
  bins: Bins;
  baseline: BaselineFeature | null;
};

export type DriftColumns = {
  /** Monitored features in the vector's order. */
  features: DriftColumn[];
  prediction: DriftColumn;
  score: DriftColumn;
};

/** The columns drift is tested for, with their bins and what the baseline knows of them. */
export async function loadDriftColumns(db: Database, record: VersionRecord): Promise<DriftColumns> {
  const [bins, baseline] = await fixedOf(db, record);
  const { alpha, effect_floor } = record.settings;
  const outcome = (id: number, name: string, type: FeatureType | null, of: Bins): DriftColumn => ({
    id,
    name,
    type,
    unit: null,
    thresholds: { alpha, effect_floor },
    bins: of,
    baseline: baseline.get(id) ?? null,
  });
  const features = record.columns
    .map((column, i) => ({ column, bins: bins.columns[i]! }))
    .filter(({ column }) => column.role === "feature" && column.monitored)
    .map(({ column, bins }) => ({
      id: column.id,
      name: column.name,
      type: column.type,
      unit: column.unit,
      thresholds: { alpha, effect_floor, ...defined(column.thresholds) },
      bins,
      baseline: baseline.get(column.id) ?? null,
    }));
  const predicted = record.task === "regression" ? "numerical" : record.task && "categorical";
  return {
    features,
    prediction: outcome(PREDICTION, "prediction", predicted, bins.prediction),
    score: outcome(SCORE, "score", "numerical", bins.score),
  };
}

type Fixed = Promise<[VersionBins, Map<number, BaselineFeature>]>;
const kept = new WeakMap<Database, Map<string, Fixed>>();
/** About half a megabyte each. */
const MOST_KEPT = 50;

/** Bins and baseline distributions: they change only with the version's revision, and take a third of a report to read. */
function fixedOf(db: Database, record: VersionRecord): Fixed {
  const key = [record.modelId, record.versionId, record.revision, record.baselineId].join();
  let known = kept.get(db);
  if (!known) {
    known = new Map();
    kept.set(db, known);
  }
  const held = known.get(key);
  if (held) return held;
  if (known.size >= MOST_KEPT) known.clear();
  const fixed: Fixed = Promise.all([loadBins(db, record), readBaselineFeatures(db, record)]);
  known.set(key, fixed);
  fixed.catch(() => known.delete(key));
  return fixed;
}

function defined(thresholds: Partial<Thresholds> | null): Partial<Thresholds> {
  return Object.fromEntries(Object.entries(thresholds ?? {}).filter(([, value]) => value != null));
}

/** The words behind codes, per column. */
export async function loadNames(
  db: Database,
  record: VersionRecord,
  columns: readonly DriftColumn[],
): Promise<(column: DriftColumn) => (code: number) => string> {
  const categorical = columns.filter((column) => column.id > 0 && column.type === "categorical");
  const values = await categoryValues(
    db,
    record,
    categorical.map((column) => column.id),
  );
  return ({ id }) =>
    id === PREDICTION
      ? (code) => record.classes[code - 1] ?? `class ${code}`
      : (code) => values.get(id)?.get(code) ?? `category ${code}`;
}
