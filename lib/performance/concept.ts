import { formatCount, formatMetric, formatValue } from "@/lib/charts/format";
import type { VersionSettings } from "@/lib/models/schema";
import { conceptDrift } from "@/lib/stats/concept-drift";
import type { BaselinePerformance } from "./baseline";
import type { ConceptDrift } from "./schema";

/** Chunks below which the detector says nothing, unless its window is smaller. */
const FEWEST_CHUNKS = 100;

/** The newest labelled predictions: how many, and their mean accuracy, or mean absolute error. */
export type RecentOutcomes = { labelled: number; mean: number | null };

/**
 * Concept drift over the newest chunks of labelled predictions. Chunks are of one size, so that the mean over the
 * window's chunks is the mean over their rows, which is what summaries hold.
 *
 * The measure is accuracy for classes and the mean absolute error for values; z below zero is worse for both.
 *
 * @param recent about concept_window × concept_chunk rows, whole hours, newest first
 * @param chunks of the baseline; null without a baseline or without labels in it
 */
export function reportConcept(
  measure: "accuracy" | "mae",
  recent: RecentOutcomes,
  chunks: BaselinePerformance["chunks"] | null,
  settings: Pick<VersionSettings, "concept_chunk" | "concept_window" | "concept_sensitivity">,
): ConceptDrift {
  const size = settings.concept_chunk;
  const count = Math.min(Math.floor(recent.labelled / size), settings.concept_window);
  const minimum = Math.min(FEWEST_CHUNKS, settings.concept_window);
  const base: ConceptDrift = {
    status: "no_baseline",
    drift_detected: false,
    current_mean: recent.mean,
    baseline_mean: chunks?.mean ?? null,
    baseline_deviation: chunks?.deviation ?? null,
    z_score: null,
    performance_drop: null,
    chunks: count,
    chunk_size: size,
    message:
      "There is nothing to compare with: set a baseline with a label column, or freeze a window whose labels are in (Settings).",
  };
  if (!chunks || chunks.mean === null) {
    if (chunks && chunks.n === 0) return { ...base, ...tooSmall(chunks.n, size) };
    return base;
  }
  if (chunks.deviation === null) return { ...base, ...tooSmall(chunks.n, size) };
  if (count < minimum) {
    const more = minimum * size - recent.labelled;
    return {
      ...base,
      status: "collecting",
      message: `Collecting data: ${formatCount(count)} of ${formatCount(minimum)} chunks of ${formatCount(size)} labelled predictions; ${formatCount(Math.ceil(more))} more labels are needed, or smaller chunks (Settings).`,
    };
  }
  // An error is better when it is small: the detector wants higher to be better.
  const sign = measure === "accuracy" ? 1 : -1;
  const found = conceptDrift({
    values: new Float64Array(count).fill(sign * recent.mean!),
    baselineMean: sign * chunks.mean,
    baselineDeviation: chunks.deviation,
    windowSize: settings.concept_window,
    sensitivity: settings.concept_sensitivity,
    minimum,
  });
  const named = measure === "accuracy" ? "accuracy" : "mean absolute error";
  const numbers = `mean ${named} ${formatMetric(recent.mean)} over the last ${formatCount(count)} chunks of ${formatCount(size)}, against ${formatMetric(chunks.mean)} in the baseline`;
  const drop = found.performanceDrop;
  if (found.status === "no-baseline-spread") {
    return {
      ...base,
      status: "no_baseline_spread",
      performance_drop: drop,
      message: `The baseline's ${formatCount(chunks.n)} chunks all performed alike, so no change can be scaled (${numbers}): take a larger or more varied baseline.`,
    };
  }
  const z = found.zScore!;
  const limit = formatValue(settings.concept_sensitivity, 3);
  return {
    ...base,
    status: found.driftDetected ? "drift" : "stable",
    drift_detected: found.driftDetected,
    z_score: z,
    performance_drop: drop,
    message: found.driftDetected
      ? `Concept drift: ${numbers}: ${formatValue(Math.abs(z), 3)} baseline deviations ${z < 0 ? "worse" : "better"}, beyond ${limit}. ${z < 0 ? "Look at Drift for the feature that moved, and consider retraining on recent labels" : "If it lasts, freeze a newer baseline"}.`
      : `No concept drift: ${numbers}: ${formatValue(Math.abs(z), 3)} baseline deviations ${z < 0 ? "below" : "above"} it, within ${limit}.`,
  };
}

function tooSmall(chunks: number, size: number): Pick<ConceptDrift, "status" | "message"> {
  return {
    status: "no_baseline_spread",
    message: `The baseline has ${formatCount(chunks)} full ${chunks === 1 ? "chunk" : "chunks"} of ${formatCount(size)} labelled rows and a spread wants two: take a larger baseline, or smaller chunks (Settings).`,
  };
}
