import type { Interval } from "./interval";
import { meanInterval, Z95 } from "./interval";

/** Sums over rows of e = prediction − label and of d = label − mean label. */
export type ErrorSums = {
  n: number;
  /** Σ|e| */
  absolute: number;
  /** Σe² */
  squared: number;
  /** Σe⁴ */
  fourth: number;
};

/**
 * The 95 % interval of the root mean squared error: of the logarithm of the mean squared error by the delta method, which
 * holds better than a symmetric one since squared errors are skewed.
 *
 * @returns bounds of 0 or more, in the label's unit; null below two rows. Wants some 50 rows, more where a few errors are
 *   very large. O(1).
 * @see Lehmann & Casella (1998), Theory of Point Estimation, §1.8
 */
export function rootMeanSquareInterval({
  n,
  squared,
  fourth,
}: Pick<ErrorSums, "n" | "squared" | "fourth">): Interval | null {
  if (!(n > 1)) return null;
  if (squared === 0) return { lower: 0, upper: 0 };
  const mean = squared / n;
  const variance = Math.max(0, fourth - n * mean * mean) / (n - 1);
  const half = (Z95 * Math.sqrt(variance / n)) / mean / 2;
  return { lower: Math.sqrt(mean) * Math.exp(-half), upper: Math.sqrt(mean) * Math.exp(half) };
}

/** The 95 % interval of the mean absolute error, by Student's t. @returns null below two rows. O(1). */
export function meanAbsoluteInterval({
  n,
  absolute,
  squared,
}: Pick<ErrorSums, "n" | "absolute" | "squared">): Interval | null {
  const bounds = meanInterval({ n, sum: absolute, sumOfSquares: squared })?.interval;
  return bounds ? { lower: Math.max(0, bounds.lower), upper: bounds.upper } : null;
}

/**
 * The 95 % interval of R²: of ln(1 − R²) by the delta method for the ratio Σe²/Σd², row by row.
 *
 * @param rows labels and predictions, finite, of equal length
 * @returns bounds of at most 1; null below three rows, and where labels or errors do not vary. O(n).
 * @see Lehmann & Casella (1998), Theory of Point Estimation, §1.8
 */
export function determinationInterval({
  labels,
  predictions,
}: {
  labels: ArrayLike<number>;
  predictions: ArrayLike<number>;
}): Interval | null {
  const n = labels.length;
  if (n < 3) return null;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += labels[i]! / n;
  let [errors, spread] = [0, 0];
  for (let i = 0; i < n; i++) {
    errors += (predictions[i]! - labels[i]!) ** 2;
    spread += (labels[i]! - mean) ** 2;
  }
  if (!(errors > 0 && spread > 0)) return null;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    variance += ((predictions[i]! - labels[i]!) ** 2 / errors - (labels[i]! - mean) ** 2 / spread) ** 2;
  }
  const half = Z95 * Math.sqrt(variance);
  const rest = errors / spread;
  return { lower: 1 - rest * Math.exp(half), upper: 1 - rest * Math.exp(-half) };
}

/**
 * Mean absolute percentage error, as a share: the mean of |e/label|. Equal to scikit-learn's where no label is 0.
 *
 * @returns 0 or more, lower is better, with its 95 % interval by Student's t; null where a label is 0, since no share of
 *   nothing can be told, and without a row. O(n).
 * @see Hyndman & Koehler (2006), doi:10.1016/j.ijforecast.2006.03.001
 * @example meanAbsolutePercentage({ labels: [10, 20], predictions: [11, 18] })!.mean // 0.1
 */
export function meanAbsolutePercentage({
  labels,
  predictions,
}: {
  labels: ArrayLike<number>;
  predictions: ArrayLike<number>;
}): { mean: number; interval: Interval | null } | null {
  let [sum, sumOfSquares] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0) return null;
    const share = Math.abs((predictions[i]! - labels[i]!) / labels[i]!);
    sum += share;
    sumOfSquares += share * share;
  }
  return meanInterval({ n: labels.length, sum, sumOfSquares });
}
