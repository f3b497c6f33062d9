import type { Database } from "@/lib/db/client";
import type { VersionRecord } from "@/lib/models/store";
import type { RawFilter } from "@/lib/summaries/raw";
import { type BaselinePerformance, measureBaseline } from "./baseline";
import { readBaselinePerformance, readBaselineRows } from "./baseline-store";
import { measureIn } from "./measure-in";
import type { Measure } from "./outcome";

/** Baselines measured anew that are kept; each is a few hundred bytes. */
const MOST_KEPT = 200;
const kept = new WeakMap<object, Map<string, Promise<BaselinePerformance | null>>>();

/**
 * How a version's baseline performed, in the measure that holds now. What the store has is used where it fits;
 * another chunk size, a positive class that was corrected, or a segment are measured from the baseline's rows, once.
 */
export async function baselineOf(
  db: Database,
  record: VersionRecord,
  filter: RawFilter | null = null,
): Promise<BaselinePerformance | null> {
  const how = await measureIn(db, record);
  const stored = await readBaselinePerformance(db, record);
  if (!stored || !how || stored.labelled === 0) return stored;
  const size = record.settings.concept_chunk;
  if (filter === null && stored.chunks.size === size && fits(how, stored)) return stored;
  const key = [
    record.modelId,
    record.versionId,
    record.baselineId,
    size,
    JSON.stringify(how),
    JSON.stringify(filter),
  ].join();
  let known = kept.get(db);
  if (!known) {
    known = new Map();
    kept.set(db, known);
  }
  const held = known.get(key);
  if (held) return held;
  if (known.size >= MOST_KEPT) known.clear();
  const measured = readBaselineRows(db, record, filter).then((found) =>
    // Baselines whose rows are gone keep what was measured of them then.
    found.label ? measureBaseline(how, found, { n: found.n, chunkSize: size }) : filter ? null : stored,
  );
  known.set(key, measured);
  measured.catch(() => known.delete(key));
  return measured;
}

/** Whether stored metrics are of the task that holds now, and of the class that is positive now. */
function fits(how: Measure, stored: BaselinePerformance): boolean {
  if (how.task === "regression")
    return "rmse" in stored.metrics && stored.squaredErrorDeviation !== undefined;
  if (how.task === "multiclass") return "macro_f1" in stored.metrics;
  return "f1" in stored.metrics && stored.positive === how.positive;
}
