import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";

/*
 * The numerics are stdlib's (checked there against Boost and R). Apart from the other distributions: intervals are
 * computed on pages, whose policy lets no text be run, and the series that the others need try that when they load.
 */

/**
 * Two-sided tail of the standard normal distribution, P(|Z| > |z|).
 *
 * @example normalTwoSidedTail(1.959963984540054) // 0.05
 */
export function normalTwoSidedTail(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * Quantile of the standard normal distribution: the z with P(Z ≤ z) = p.
 *
 * @param p probability in (0, 1)
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  return -Math.SQRT2 * erfcinv(2 * p);
}
