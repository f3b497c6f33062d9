import { normalQuantile } from "./normal-distribution";
import { studentT975 } from "./student-t-quantile";
import { wilsonInterval } from "./wilson-interval";

/** Bounds of a 95 % interval. */
export type Interval = { lower: number; upper: number };

export const Z95 = normalQuantile(0.975);

/**
 * The 95 % interval of a mean, by Student's t, from sums that add up over chunks.
 *
 * @param sums number of values, their sum and their sum of squares
 * @returns the mean and its bounds; bounds null below two values; null without one. Coverage rests on the mean being
 *   about normal: from some 30 values, more where the values are skewed. O(1).
 * @see Student (1908), doi:10.1093/biomet/6.1.1
 * @example meanInterval({ n: 4, sum: 10, sumOfSquares: 30 }) // mean 2.5, bounds 0.446 and 4.554
 */
export function meanInterval({
  n,
  sum,
  sumOfSquares,
}: {
  n: number;
  sum: number;
  sumOfSquares: number;
}): { mean: number; interval: Interval | null } | null {
  if (!(n > 0)) return null;
  const mean = sum / n;
  if (n < 2) return { mean, interval: null };
  const variance = Math.max(0, sumOfSquares - n * mean * mean) / (n - 1);
  const half = studentT975(n - 1) * Math.sqrt(variance / n);
  return { mean, interval: { lower: mean - half, upper: mean + half } };
}

/**
 * The 95 % interval of a share that is no plain proportion (an area under a curve, a mean of recalls) from its standard
 * error, drawn on the logit scale so that it stays within 0 and 1 and is wider towards ½.
 *
 * @param share value: 0 to 1; standardError: of the value; n: rows it rests on. At 0 and 1, or without a standard error,
 *   the logit says nothing: there it is Wilson's interval of so many rows out of n.
 * @returns bounds in [0, 1]; null without rows. O(1).
 * @see Lehmann & Casella (1998), Theory of Point Estimation, §1.8 (the delta method)
 * @example logitInterval({ value: 0.9, standardError: 0.03, n: 100 }) // { lower: 0.824…, upper: 0.945… }
 */
export function logitInterval({
  value,
  standardError,
  n,
}: {
  value: number;
  standardError: number;
  n: number;
}): Interval | null {
  if (!(n > 0)) return null;
  if (!(value > 0 && value < 1 && standardError > 0)) return wilsonInterval({ hits: value * n, n });
  const centre = Math.log(value / (1 - value));
  const half = (Z95 * standardError) / (value * (1 - value));
  const share = (logit: number) => 1 / (1 + Math.exp(-logit));
  return { lower: share(centre - half), upper: share(centre + half) };
}
