import type { Interval } from "./interval";
import { logitInterval, Z95 } from "./interval";
import { normalTwoSidedTail } from "./normal-distribution";
import type { Sample } from "./sample";
import { sortedCopy } from "./sample";

/**
 * Where each score stands among those of the other class: the share below it, ties counting half. The mean over the
 * positives is the AUC.
 *
 * @param scores in any order, at least one on the other side
 * @returns in [0, 1], in the order of `own`. O((n + m) log m).
 * @throws RangeError on NaN among the others
 */
export function placements({ own, others }: { own: Sample; others: Sample }): Float64Array {
  const sorted = sortedCopy(others);
  const found = new Float64Array(own.length);
  for (let i = 0; i < own.length; i++) {
    const score = own[i]!;
    found[i] = (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2 / sorted.length;
  }
  return found;
}

/** Values below the score; with `orEqual` also such as equal it. */
function countBelow(sorted: Float64Array, score: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = sorted[middle]!;
    if (value < score || (orEqual && value === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Area under the ROC curve with DeLong's variance, which assumes nothing about how the scores are distributed.
 *
 * @param scores of the rows whose label is positive and of those whose label is negative, in any order
 * @returns auc in [0, 1]; variance of it (0 with one row of each class); interval of 95 % on the logit scale, and where the
 *   classes do not overlap, so that the variance is 0, Wilson's for as many rows as the smaller class has. null when
 *   either class has no row. O(n log n).
 * @throws RangeError on NaN
 * @see DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595
 * @see Sun & Xu (2014), doi:10.1109/LSP.2014.2337313 (the fast way)
 * @example delongAuc({ positive: [0.8, 0.4, 0.9], negative: [0.4, 0.1] }) // auc 0.9166…
 */
export function delongAuc({
  positive,
  negative,
}: {
  positive: Sample;
  negative: Sample;
}): { auc: number; variance: number; interval: Interval } | null {
  if (positive.length === 0 || negative.length === 0) return null;
  const high = sortedCopy(positive);
  const low = sortedCopy(negative);
  const above = sortedPlacements(high, low);
  const below = sortedPlacements(low, high);
  const auc = above.sum / high.length;
  const variance = above.variance / high.length + below.variance / low.length;
  return {
    auc,
    variance,
    interval: logitInterval({
      value: auc,
      standardError: Math.sqrt(variance),
      n: Math.min(high.length, low.length),
    })!,
  };
}

/** Sum and variance of the placements of sorted scores, in one walk along both. */
function sortedPlacements(own: Float64Array, others: Float64Array): { sum: number; variance: number } {
  let below = 0;
  let notAbove = 0;
  let sum = 0;
  for (const score of own) {
    while (below < others.length && others[below]! < score) below++;
    while (notAbove < others.length && others[notAbove]! <= score) notAbove++;
    sum += below + notAbove;
  }
  const scale = 2 * others.length;
  const mean = sum / scale / own.length;
  below = 0;
  notAbove = 0;
  let squares = 0;
  for (const score of own) {
    while (below < others.length && others[below]! < score) below++;
    while (notAbove < others.length && others[notAbove]! <= score) notAbove++;
    squares += ((below + notAbove) / scale - mean) ** 2;
  }
  return { sum: sum / scale, variance: own.length < 2 ? 0 : squares / (own.length - 1) };
}

export type PairedScores = { champion: Sample; challenger: Sample };

/**
 * DeLong's test: do two models that scored the same rows have the same area under the ROC curve?
 *
 * Variant: two-sided, normal, with the covariance of the two areas.
 *
 * @param scores of both models, row by row alike, of the positives and of the negatives
 * @returns difference = challenger − champion, with its 95 % interval within [−1, 1]; z; pValue; both areas. A difference
 *   of 0 without variance has p-value 1; another one without variance cannot be tested: null. null as a whole when
 *   either class has no row. Wants some 20 rows of each class. O(n log n).
 * @throws RangeError on NaN and on different lengths
 * @see DeLong, DeLong & Clarke-Pearson (1988), doi:10.2307/2531595
 */
export function delongTest({ positive, negative }: { positive: PairedScores; negative: PairedScores }): {
  champion: number;
  challenger: number;
  difference: number;
  interval: Interval | null;
  z: number | null;
  pValue: number | null;
} | null {
  for (const { champion, challenger } of [positive, negative]) {
    if (champion.length !== challenger.length) {
      throw new RangeError(
        `${champion.length} scores of the champion and ${challenger.length} of the challenger: give both for every row`,
      );
    }
  }
  const [m, n] = [positive.champion.length, negative.champion.length];
  if (m === 0 || n === 0) return null;
  const own = (side: keyof PairedScores) => placements({ own: positive[side], others: negative[side] });
  const other = (side: keyof PairedScores) => placements({ own: negative[side], others: positive[side] });
  const first = own("champion");
  const second = own("challenger");
  const champion = mean(first);
  const challenger = mean(second);
  const difference = challenger - champion;
  const variance =
    differenceVariance(first, second) / m + differenceVariance(other("champion"), other("challenger")) / n;
  const error = Math.sqrt(variance);
  // placements are sums of halves over n: what is left of equal ones is rounding
  if (!(error > 1e-15)) {
    const same = first.every((placement, i) => placement === second[i]);
    // Two that never differ differ by nothing; a difference without any spread has no error to be told.
    const interval = same ? { lower: 0, upper: 0 } : null;
    return { champion, challenger, difference, interval, z: same ? 0 : null, pValue: same ? 1 : null };
  }
  return {
    champion,
    challenger,
    difference,
    interval: {
      lower: Math.max(-1, difference - Z95 * error),
      upper: Math.min(1, difference + Z95 * error),
    },
    z: difference / error,
    pValue: normalTwoSidedTail(difference / error),
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Variance of second − first, over n − 1. */
function differenceVariance(first: Float64Array, second: Float64Array): number {
  const n = first.length;
  if (n < 2) return 0;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += second[i]! - first[i]!;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (second[i]! - first[i]! - sum / n) ** 2;
  return squares / (n - 1);
}
