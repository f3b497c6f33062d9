import type { Interval } from "./interval";
import { meanInterval } from "./interval";
import { normalTwoSidedTail } from "./normal-distribution";

/**
 * The mean difference of two models' losses on the same rows (squared or absolute errors, log losses, Brier scores), with
 * its 95 % interval and a test of none.
 *
 * Variant: interval by Student's t; the p-value by the normal law, which from 30 rows on is the same.
 *
 * @param losses of both, row by row alike
 * @returns difference = challenger − champion: below 0 the challenger loses less. Without spread the p-value is 1 for a
 *   difference of 0, else null. null without a row. O(n).
 * @throws RangeError on different lengths
 * @see Diebold & Mariano (1995), doi:10.1080/07350015.1995.10524599
 * @example pairedMeans({ champion: [1, 2, 4], challenger: [1, 1, 2] })!.difference // −1
 */
export function pairedMeans({
  champion,
  challenger,
}: {
  champion: ArrayLike<number>;
  challenger: ArrayLike<number>;
}): {
  champion: number;
  challenger: number;
  difference: number;
  interval: Interval | null;
  pValue: number | null;
} | null {
  const n = champion.length;
  if (challenger.length !== n) {
    throw new RangeError(
      `${n} losses of the champion and ${challenger.length} of the challenger: give both for every row`,
    );
  }
  if (n === 0) return null;
  let [first, second] = [0, 0];
  for (let i = 0; i < n; i++) {
    first += champion[i]!;
    second += challenger[i]!;
  }
  const difference = (second - first) / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (challenger[i]! - champion[i]! - difference) ** 2;
  const centred = meanInterval({ n, sum: 0, sumOfSquares: squares })!.interval;
  const error = Math.sqrt(squares / Math.max(1, n - 1) / n);
  return {
    champion: first / n,
    challenger: second / n,
    difference,
    interval: centred && { lower: difference + centred.lower, upper: difference + centred.upper },
    pValue: n > 1 && error > 0 ? normalTwoSidedTail(difference / error) : difference === 0 ? 1 : null,
  };
}
