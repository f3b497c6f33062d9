import { sortedCopy } from "./sample";

/**
 * What each threshold lets through, from the highest score down: rows with a score of at least `thresholds[i]` are
 * `truePositives[i]` positives and `falsePositives[i]` negatives.
 */
export type ThresholdCounts = {
  positives: number;
  negatives: number;
  /** Descending, each a score that occurs. */
  thresholds: Float64Array;
  truePositives: Uint32Array;
  falsePositives: Uint32Array;
};

/**
 * Counts above every threshold that makes a difference: the points of the ROC and of the precision–recall curve, equal to
 * those of scikit-learn's `roc_curve(drop_intermediate=False)`, without its first point at an infinite threshold.
 *
 * @param scores of the rows whose label is positive and of those whose label is negative, in any order
 * @returns as many thresholds as there are different scores. O(n log n).
 * @throws RangeError on NaN
 * @see Fawcett (2006), doi:10.1016/j.patrec.2005.10.010
 * @example thresholdCounts({ positive: [0.8, 0.4], negative: [0.4] })
 *   // thresholds [0.8, 0.4], truePositives [1, 2], falsePositives [0, 1]
 */
export function thresholdCounts({
  positive,
  negative,
}: {
  positive: Float64Array | readonly number[];
  negative: Float64Array | readonly number[];
}): ThresholdCounts {
  const high = sortedCopy(positive);
  const low = sortedCopy(negative);
  const most = high.length + low.length;
  const thresholds = new Float64Array(most);
  const truePositives = new Uint32Array(most);
  const falsePositives = new Uint32Array(most);
  let points = 0;
  let p = high.length;
  let q = low.length;
  while (p > 0 || q > 0) {
    const score = Math.max(
      p > 0 ? high[p - 1]! : Number.NEGATIVE_INFINITY,
      q > 0 ? low[q - 1]! : Number.NEGATIVE_INFINITY,
    );
    while (p > 0 && high[p - 1] === score) p--;
    while (q > 0 && low[q - 1] === score) q--;
    thresholds[points] = score;
    truePositives[points] = high.length - p;
    falsePositives[points] = low.length - q;
    points++;
  }
  return {
    positives: high.length,
    negatives: low.length,
    thresholds: thresholds.subarray(0, points),
    truePositives: truePositives.subarray(0, points),
    falsePositives: falsePositives.subarray(0, points),
  };
}

/**
 * At most so many of the thresholds, at equal distances in rank, each with its exact counts, and the last one always among
 * them; `also` thresholds keep the first point at or below each, which is where a cut at it falls.
 * O(most · log n).
 */
export function thinThresholds(
  counts: ThresholdCounts,
  { most, also = [] }: { most: number; also?: readonly number[] },
): ThresholdCounts {
  const { thresholds, truePositives, falsePositives } = counts;
  if (thresholds.length <= most) return counts;
  const rows = counts.positives + counts.negatives;
  const kept = new Set<number>([0, thresholds.length - 1]);
  const passed = (i: number) => truePositives[i]! + falsePositives[i]!;
  const room = most - 2 - also.length;
  for (let k = 1; k <= room; k++) {
    kept.add(firstWhere(thresholds.length - 1, (i) => passed(i) >= (rows * k) / (room + 1)));
  }
  for (const threshold of also) {
    // the lowest score that still passes: the counts at this cut
    const below = firstWhere(thresholds.length, (i) => thresholds[i]! < threshold);
    if (below > 0) kept.add(below - 1);
  }
  const places = [...kept].sort((a, b) => a - b);
  return {
    ...counts,
    thresholds: Float64Array.from(places, (i) => thresholds[i]!),
    truePositives: Uint32Array.from(places, (i) => truePositives[i]!),
    falsePositives: Uint32Array.from(places, (i) => falsePositives[i]!),
  };
}

/** The first of 0 … end − 1 for which it holds, which from then on it always does; `end` where it never does. */
function firstWhere(end: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
