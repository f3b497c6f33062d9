import type { Counts, Sides } from "./sample";
import { requireSameLength } from "./sample";
import { shares } from "./shares";

/**
 * Jensen–Shannon distance: the square root of the mean divergence of both sides from their midpoint.
 * A metric; unlike PSI and KL it needs no fill, since the midpoint is empty only where both sides are.
 *
 * Variant: logarithm to base 2, so that 1 means disjoint; NannyML does so too, while Evidently and
 * `scipy.spatial.distance.jensenshannon` take base e (largest value √ln 2 = 0.8326): give `base: Math.E`
 * to compare with them.
 *
 * @param sides counts over the same cells, missing values taken out before
 * @param options base: of the logarithm, 2 by default
 * @returns 0 (same shares) to 1 (disjoint) in base 2. Symmetric. null when a side has no observation.
 *   Under no drift it is about √(PSI/8) nats, which is not small for small samples: see `jsNoDriftBand`.
 *   O(cells).
 * @see Lin (1991), doi:10.1109/18.61115; Endres & Schindelin (2003), doi:10.1109/TIT.2003.813506
 * @example jensenShannon({ reference: [1, 0], current: [0, 1] }) // 1
 */
export function jensenShannon(sides: Sides<Counts>, { base = 2 }: { base?: number } = {}): number | null {
  requireSameLength(sides);
  const reference = shares(sides.reference, "none");
  const current = shares(sides.current, "none");
  if (reference === null || current === null) return null;
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    const [r, c] = [reference[i]!, current[i]!];
    if (r === c) continue;
    const middle = (r + c) / 2;
    if (r > 0) sum += r * Math.log(r / middle);
    if (c > 0) sum += c * Math.log(c / middle);
  }
  return Math.sqrt(Math.max(0, sum) / 2 / Math.log(base));
}
