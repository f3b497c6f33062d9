import { normalQuantile } from "./normal-distribution";

/** Up to here the binomial law is summed; beyond, the normal law is as good. */
const LARGEST_BINOMIAL = 2_000;

/**
 * The band in which a bucket's metric falls 95 times of 100 when nothing has changed: for charts of performance,
 * so that a small bucket's swing is not read as a change. The baseline is taken as known.
 *
 * - accuracy: the 2.5 % and 97.5 % points of the binomial law with the baseline's rate, so at least 95 % lie
 *   inside; normal beyond 2,000 rows.
 * - auc: normal with Hanley and McNeil's standard error, from the AUC and the rows of each class. Their
 *   exponential model of the scores is near enough for a band from about 10 rows a class.
 *
 * @param bucket what is drawn, the baseline's value in [0, 1], and the bucket's labelled rows
 * @returns bounds in [0, 1], both inclusive; null when the bucket has no row (for auc: of either class).
 *   O(n) up to 2,000 rows, then O(1).
 * @throws RangeError on a baseline outside [0, 1]
 * @see Hanley & McNeil (1982), doi:10.1148/radiology.143.1.7063747
 * @example metricNoiseBand({ metric: "accuracy", baseline: 0.8, n: 100 }) // { lower: 0.72, upper: 0.88 }
 */
export function metricNoiseBand(
  bucket:
    | { metric: "accuracy"; baseline: number; n: number }
    | { metric: "auc"; baseline: number; nPositive: number; nNegative: number },
): { lower: number; upper: number } | null {
  if (!(bucket.baseline >= 0 && bucket.baseline <= 1)) {
    throw new RangeError(`a baseline ${bucket.metric} of ${bucket.baseline}: expected a number from 0 to 1`);
  }
  if (bucket.metric === "accuracy") {
    const { baseline, n } = bucket;
    if (!(n > 0)) return null;
    if (n <= LARGEST_BINOMIAL) return binomialBand({ rate: baseline, n });
    return normalBand(baseline, (baseline * (1 - baseline)) / n);
  }
  const { baseline: auc, nPositive, nNegative } = bucket;
  if (!(nPositive > 0 && nNegative > 0)) return null;
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const spread = auc * (1 - auc) + (nPositive - 1) * (q1 - auc * auc) + (nNegative - 1) * (q2 - auc * auc);
  return normalBand(auc, spread / (nPositive * nNegative));
}

function normalBand(centre: number, variance: number): { lower: number; upper: number } {
  const half = normalQuantile(0.975) * Math.sqrt(Math.max(0, variance));
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}

function binomialBand({ rate, n }: { rate: number; n: number }): { lower: number; upper: number } {
  if (rate === 0 || rate === 1) return { lower: rate, upper: rate };
  return {
    lower: lowerHits({ rate, n }) / n,
    upper: 1 - lowerHits({ rate: 1 - rate, n }) / n,
  };
}

/** The smallest number of hits k with P(X ≤ k) > 2.5 %. */
function lowerHits({ rate, n }: { rate: number; n: number }): number {
  // in logarithms, since (1 − rate)ⁿ may underflow
  let logMass = n * Math.log1p(-rate);
  let below = 0;
  for (let k = 0; k < n; k++) {
    below += Math.exp(logMass);
    if (below > 0.025) return k;
    logMass += Math.log((n - k) / (k + 1)) + Math.log(rate) - Math.log1p(-rate);
  }
  return n;
}
