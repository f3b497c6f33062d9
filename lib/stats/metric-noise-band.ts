import { normalQuantile } from "./distributions";

/**
 * The band in which a bucket's metric falls 95 times of 100 when nothing has changed: for charts of performance,
 * so that a small bucket's swing is not read as a change.
 *
 * - accuracy: binomial with the baseline's rate; Wilson's limits about it.
 * - auc: normal with Hanley and McNeil's standard error, from the AUC and the number of rows of each class;
 *   their exponential model of the scores, near enough for a band (from about 10 rows a class).
 *
 * @param metric what is drawn, the baseline's value in [0, 1], and the bucket's labelled rows; `nBaseline`
 *   (accuracy) widens the band for a baseline that is itself an estimate
 * @returns bounds in [0, 1]; null when the bucket has no row (of either class for auc). O(1).
 * @see Hanley & McNeil (1982), doi:10.1148/radiology.143.1.7063747; Wilson (1927),
 *   doi:10.1080/01621459.1927.10502953
 * @example metricNoiseBand({ metric: "accuracy", baseline: 0.8, n: 100 }) // { lower: 0.711…, upper: 0.866… }
 */
export function metricNoiseBand(
  bucket:
    | { metric: "accuracy"; baseline: number; n: number; nBaseline?: number }
    | { metric: "auc"; baseline: number; nPositive: number; nNegative: number },
): { lower: number; upper: number } | null {
  if (!(bucket.baseline >= 0 && bucket.baseline <= 1)) {
    throw new RangeError(`a baseline ${bucket.metric} of ${bucket.baseline}: expected a number from 0 to 1`);
  }
  const z = normalQuantile(0.975);
  if (bucket.metric === "accuracy") {
    if (!(bucket.n > 0)) return null;
    const n = 1 / (1 / bucket.n + 1 / (bucket.nBaseline ?? Number.POSITIVE_INFINITY));
    return wilsonAbout({ share: bucket.baseline, n, z });
  }
  const { baseline: auc, nPositive, nNegative } = bucket;
  if (!(nPositive > 0 && nNegative > 0)) return null;
  const q1 = auc / (2 - auc);
  const q2 = (2 * auc * auc) / (1 + auc);
  const variance =
    (auc * (1 - auc) + (nPositive - 1) * (q1 - auc * auc) + (nNegative - 1) * (q2 - auc * auc)) /
    (nPositive * nNegative);
  const half = z * Math.sqrt(Math.max(0, variance));
  return { lower: Math.max(0, auc - half), upper: Math.min(1, auc + half) };
}

function wilsonAbout({ share, n, z }: { share: number; n: number; z: number }): {
  lower: number;
  upper: number;
} {
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = ((z / n) * Math.sqrt(n * share * (1 - share) + (z * z) / 4)) / (1 + (z * z) / n);
  return { lower: Math.max(0, centre - half), upper: Math.min(1, centre + half) };
}
