import type { Interval } from "./interval";
import { Z95 } from "./interval";

/**
 * The difference of two models' accuracies on the same rows, with a 95 % interval.
 *
 * Variant: Bonett and Price's adjusted Wald interval: one is added to each count of disagreement and two to the rows,
 * which holds the coverage where few rows disagree. The value is the plain difference.
 *
 * @param counts rows on which only the one, and only the other, is right, and all rows
 * @returns difference = challenger − champion, bounds in [−1, 1]; null without a row. O(1).
 * @see Bonett & Price (2012), doi:10.3102/1076998611411915
 * @example pairedProportions({ onlyChampion: 2, onlyChallenger: 9, n: 100 })
 *   // difference 0.07, bounds 0.0006… and 0.136…
 */
export function pairedProportions({
  onlyChampion,
  onlyChallenger,
  n,
}: {
  onlyChampion: number;
  onlyChallenger: number;
  n: number;
}): { difference: number; interval: Interval } | null {
  if (!(n > 0)) return null;
  const first = (onlyChampion + 1) / (n + 2);
  const second = (onlyChallenger + 1) / (n + 2);
  const centre = second - first;
  const half = Z95 * Math.sqrt((first + second - centre ** 2) / (n + 2));
  return {
    difference: (onlyChallenger - onlyChampion) / n,
    interval: { lower: Math.max(-1, centre - half), upper: Math.min(1, centre + half) },
  };
}
