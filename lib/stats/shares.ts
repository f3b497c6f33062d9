import type { Counts } from "./sample";
import { total } from "./sample";

/**
 * What stands in for the logarithm's trouble, an empty cell.
 *
 * - `"half"` (our default): an empty cell counts as half an observation of its own side, 0.5/n. It shrinks
 *   as the sample grows, so an empty cell weighs little in 50 rows and much in 50,000.
 * - `"evidently"`: 1e-4, or a millionth of the side's smallest share where that share is 1e-4 or less,
 *   as Evidently's `get_binned_data` does: for parity with its scores.
 * - a number: that share.
 * - `"none"`: nothing; a logarithm of zero may then make the result infinite.
 */
export type Fill = "half" | "evidently" | "none" | number;

/**
 * Counts turned into shares of their total, empty cells filled.
 *
 * No renormalisation: after a fill the shares add up to slightly more than 1, as everywhere in the field.
 *
 * @param counts observations per cell, 0 or more
 * @param fill treatment of empty cells, see {@link Fill}
 * @returns a share per cell, or null when there is no observation at all. O(cells).
 * @example shares([3, 1, 0]) // [0.75, 0.25, 0.125]
 */
export function shares(counts: Counts, fill: Fill = "half"): Float64Array | null {
  const n = total(counts);
  if (!(n > 0)) return null;
  const result = new Float64Array(counts.length);
  let smallest = 1;
  for (let i = 0; i < counts.length; i++) {
    const share = counts[i]! / n;
    result[i] = share;
    if (share > 0 && share < smallest) smallest = share;
  }
  const stand = standIn(fill, { n, smallest });
  if (stand === 0) return result;
  for (let i = 0; i < result.length; i++) if (result[i] === 0) result[i] = stand;
  return result;
}

function standIn(fill: Fill, { n, smallest }: { n: number; smallest: number }): number {
  if (fill === "half") return 0.5 / n;
  if (fill === "none") return 0;
  if (fill === "evidently") return smallest <= 1e-4 ? smallest / 1e6 : 1e-4;
  return fill;
}
