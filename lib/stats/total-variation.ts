import type { Counts, Sides } from "./sample";
import { requireSameLength } from "./sample";
import { shares } from "./shares";

/**
 * Total variation distance: ½ Σ |rᵢ − cᵢ|, the largest difference the two sides can show in the
 * probability of any set of categories. For categories it is what the Kolmogorov–Smirnov distance is for
 * numbers, and takes the same severity bands (0.1 medium, 0.3 high).
 *
 * @param sides counts over the same categories (a category absent on one side counts 0 there)
 * @returns 0 (same shares) to 1 (disjoint): the share of rows that would have to change category. null when
 *   a side has no observation. Its no-drift level grows with the number of categories: see `tvNoDriftBand`.
 *   O(categories).
 * @see Levin & Peres, Markov Chains and Mixing Times, §4.1, doi:10.1090/mbk/107
 * @example totalVariation({ reference: [50, 30, 20], current: [40, 45, 15] }) // 0.15
 */
export function totalVariation(sides: Sides<Counts>): number | null {
  requireSameLength(sides);
  const reference = shares(sides.reference, "none");
  const current = shares(sides.current, "none");
  if (reference === null || current === null) return null;
  let sum = 0;
  for (let i = 0; i < reference.length; i++) sum += Math.abs(reference[i]! - current[i]!);
  return Math.min(1, sum / 2);
}
