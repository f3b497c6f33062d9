import { averagePrecision, averagePrecisionInterval } from "@/lib/stats/average-precision";
import { delongAuc } from "@/lib/stats/delong";
import { thinThresholds, thresholdCounts } from "@/lib/stats/threshold-counts";
import { estimate, NOTHING } from "./estimate";
import type { Curve, ScoreHistogram } from "./schema";

/** Points of a curve that are kept: more than a screen has columns, and 60 kB of JSON. */
export const MOST_THRESHOLDS = 2_000;
const SCORE_BINS = 40;

/** Scores of one class apart: of rows that are of it, and of all others. */
export type SplitScores = { positive: Float64Array; negative: Float64Array };

export function splitScores(
  labels: Float64Array,
  scores: Float64Array,
  { of, width, column }: { of: number; width: number; column: number },
): SplitScores {
  const n = labels.length;
  let positives = 0;
  for (let i = 0; i < n; i++) if (labels[i] === of) positives++;
  const positive = new Float64Array(positives);
  const negative = new Float64Array(n - positives);
  let [p, q] = [0, 0];
  for (let i = 0; i < n; i++) {
    const score = scores[i * width + column]!;
    if (labels[i] === of) positive[p++] = score;
    else negative[q++] = score;
  }
  return { positive, negative };
}

/** All that follows from the order of the scores. O(n log n). */
export function curveOf(
  split: SplitScores,
  { name, most, also = [] }: { name: string; most: number; also?: readonly number[] },
): Curve {
  const counts = thresholdCounts(split);
  const thin = thinThresholds(counts, { most, also });
  const area = delongAuc(split);
  const precision = averagePrecision(counts);
  const { positives, negatives } = counts;
  return {
    class: name,
    positives,
    negatives,
    thresholds: [...thin.thresholds],
    true_positives: [...thin.truePositives],
    false_positives: [...thin.falsePositives],
    auc: area ? estimate(area.auc, area.interval) : NOTHING,
    average_precision:
      precision === null
        ? NOTHING
        : estimate(precision, averagePrecisionInterval({ value: precision, positives })),
  };
}

/** Scores counted in bins of equal width, a series a group. @param groupOf the place of a row's series */
export function scoreHistogram(
  scores: Float64Array,
  names: readonly string[],
  groupOf: (i: number) => number,
): ScoreHistogram {
  const counts = names.map(() => new Array<number>(SCORE_BINS).fill(0));
  for (let i = 0; i < scores.length; i++) {
    counts[groupOf(i)]![Math.min(SCORE_BINS - 1, Math.floor(scores[i]! * SCORE_BINS))]!++;
  }
  return {
    edges: Array.from({ length: SCORE_BINS + 1 }, (_, i) => i / SCORE_BINS),
    series: names.map((name, k) => ({ name, counts: counts[k]! })),
  };
}
