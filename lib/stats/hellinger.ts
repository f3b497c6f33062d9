import type { Counts, Sides } from "./sample";
import { requireSameLength } from "./sample";
import { shares } from "./shares";

/**
 * Hellinger distance: √(½ Σ (√rᵢ − √cᵢ)²) over shares of the same cells. A bounded metric that needs no
 * fill for empty cells and, unlike √(1 − Σ√(rᵢcᵢ)), keeps its digits near 0.
 *
 * @param sides counts over the same cells, missing values taken out before
 * @returns 0 (same shares) to 1 (disjoint). Symmetric. null when a side has no observation. O(cells).
 * @see Hellinger (1909), doi:10.1515/crll.1909.136.210
 * @example hellinger({ reference: [1, 0], current: [0, 1] }) // 1
 */
export function hellinger(sides: Sides<Counts>): number | null {
  requireSameLength(sides);
  const reference = shares(sides.reference, "none");
  const current = shares(sides.current, "none");
  if (reference === null || current === null) return null;
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    sum += (Math.sqrt(reference[i]!) - Math.sqrt(current[i]!)) ** 2;
  }
  return Math.min(1, Math.sqrt(sum / 2));
}
