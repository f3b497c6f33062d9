import type { Counts, Sample } from "./sample";
import { requireSameLength, sortedCopy } from "./sample";

/**
 * Area under the ROC curve: the probability that a positive scores above a negative, ties counting half.
 *
 * Variant: the Mann–Whitney form, equal to scikit-learn's `roc_auc_score`.
 *
 * @param scores of the rows whose label is positive and of those whose label is negative, in any order
 * @returns 0 to 1, higher is better, 0.5 is chance; null when either class has no row. O(n log n).
 * @throws RangeError on NaN
 * @see Hanley & McNeil (1982), doi:10.1148/radiology.143.1.7063747
 * @example rocAuc({ positive: [0.8, 0.4], negative: [0.4, 0.1] }) // 0.875
 */
export function rocAuc({ positive, negative }: { positive: Sample; negative: Sample }): number | null {
  if (positive.length === 0 || negative.length === 0) return null;
  const high = sortedCopy(positive);
  const low = sortedCopy(negative);
  let below = 0;
  let notAbove = 0;
  let twice = 0;
  for (const score of high) {
    while (below < low.length && low[below]! < score) below++;
    while (notAbove < low.length && low[notAbove]! <= score) notAbove++;
    twice += below + notAbove;
  }
  return twice / 2 / (high.length * low.length);
}

/**
 * Area under the ROC curve from counts over the same ascending score bins, as a bracket: the AUC of the raw
 * scores lies in [value − errorBound, value + errorBound].
 *
 * A pair of rows in different bins is decided by its bins; a pair within a bin counts half, and is in truth
 * anything from 0 to 1. So the bound is half the share of pairs that fall together. Where a bin
 * holds one score only the half is right, and the true error smaller than the bound.
 *
 * @param counts positives and negatives a bin, in ascending order of the score
 * @returns value 0 to 1, errorBound 0 to 0.5; null when either class has no row. O(bins).
 * @throws RangeError on counts of different length
 * @example aucFromHistogram({ positive: [0, 1, 1], negative: [1, 1, 0] })
 *   // { value: 0.875, errorBound: 0.125 }
 */
export function aucFromHistogram({
  positive,
  negative,
}: {
  positive: Counts;
  negative: Counts;
}): { value: number; errorBound: number } | null {
  requireSameLength({ reference: positive, current: negative });
  let positives = 0;
  let below = 0;
  let decided = 0;
  let together = 0;
  for (let i = 0; i < positive.length; i++) {
    const [p, q] = [positive[i]!, negative[i]!];
    decided += p * below;
    together += p * q;
    positives += p;
    below += q;
  }
  const pairs = positives * below;
  if (!(pairs > 0)) return null;
  return { value: (decided + together / 2) / pairs, errorBound: together / 2 / pairs };
}
