import { normalTwoSidedTail } from "./normal-distribution";
import type { Sides } from "./sample";

/**
 * Two-proportion z-test: did a rate change between the sides? Used for the share of missing values, which
 * every test on values leaves out, and for error rates.
 *
 * Variant: pooled variance, two-sided, no continuity correction; its square is Pearson's 2×2 chi-square
 * without Yates' correction.
 *
 * @param sides hits out of n on each side
 * @returns z > 0 when the current rate is higher; difference = current − reference, in [−1, 1]. null when a
 *   side has no row. A rate of 0 (or of 1) on both sides gives z 0, p-value 1. The normal law wants about 5
 *   hits and 5 misses a side. O(1).
 * @see Agresti, Categorical Data Analysis, §3.2, doi:10.1002/0471249688
 * @example twoProportions({ reference: { hits: 60, n: 100 }, current: { hits: 90, n: 200 } })
 *   // { z: -2.449…, pValue: 0.0143…, difference: -0.15 }
 */
export function twoProportions({
  reference,
  current,
}: Sides<{ hits: number; n: number }>): { z: number; pValue: number; difference: number } | null {
  if (!(reference.n > 0 && current.n > 0)) return null;
  const difference = current.hits / current.n - reference.hits / reference.n;
  const pooled = (reference.hits + current.hits) / (reference.n + current.n);
  const variance = pooled * (1 - pooled) * (1 / reference.n + 1 / current.n);
  if (variance <= 0) return { z: 0, pValue: 1, difference };
  const z = difference / Math.sqrt(variance);
  return { z, pValue: normalTwoSidedTail(z), difference };
}
