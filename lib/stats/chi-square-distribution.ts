import gammainc from "@stdlib/math-base-special-gammainc";
import chiSquareInverse from "@stdlib/stats-base-dists-chisquare-quantile";

/*
 * The numerics are stdlib's (checked there against Boost and R); the upper tail is asked for directly, since 1 − cdf
 * loses every digit of a small p-value.
 */

/**
 * Upper tail of the chi-square distribution, P(X > x) for `dof` degrees of freedom.
 *
 * @param x statistic, 0 or more
 * @param dof degrees of freedom, a positive number
 * @returns probability in [0, 1]; small means surprising. Relative accuracy about 1e-13.
 * @example chiSquareUpperTail(3.841458820694124, 1) // 0.05
 */
export function chiSquareUpperTail(x: number, dof: number): number {
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return gammainc(x / 2, dof / 2, true, true);
}

/**
 * Quantile of the chi-square distribution: the x with P(X ≤ x) = p.
 *
 * @param p probability in (0, 1)
 * @param dof degrees of freedom, a positive number
 * @example chiSquareQuantile(0.95, 1) // 3.841458820694124
 */
export function chiSquareQuantile(p: number, dof: number): number {
  return chiSquareInverse(p, dof);
}
