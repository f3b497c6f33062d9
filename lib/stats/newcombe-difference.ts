import type { Interval } from "./interval";
import type { Sides } from "./sample";
import { wilsonInterval } from "./wilson-interval";

/**
 * The difference of two independent proportions with an interval, put together from Wilson's intervals of both: it
 * stays within [−1, 1] and holds its coverage for small groups.
 *
 * Variant: Newcombe's method 10, without continuity correction; equal to statsmodels'
 * `confint_proportions_2indep(method="newcomb")`.
 *
 * @param sides hits out of n on each side
 * @param options confidence: 0.95 by default
 * @returns difference = current − reference; null when a side has no row. O(1).
 * @see Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I
 * @example newcombeDifference({ reference: { hits: 48, n: 80 }, current: { hits: 56, n: 70 } })
 *   // difference 0.2, bounds 0.0524… and 0.3339…
 */
export function newcombeDifference(
  { reference, current }: Sides<{ hits: number; n: number }>,
  options: { confidence?: number } = {},
): { difference: number; interval: Interval } | null {
  const first = wilsonInterval(reference, options);
  const second = wilsonInterval(current, options);
  if (!first || !second) return null;
  const [p, q] = [reference.hits / reference.n, current.hits / current.n];
  const difference = q - p;
  return {
    difference,
    interval: {
      lower: difference - Math.hypot(q - second.lower, first.upper - p),
      upper: difference + Math.hypot(second.upper - q, p - first.lower),
    },
  };
}
