import type { Counts, Sides } from "./sample";
import { requireSameLength } from "./sample";
import type { Fill } from "./shares";
import { shares } from "./shares";

/**
 * Population stability index (PSI), the symmetrised Kullback–Leibler divergence of the credit trade:
 * Σ (cᵢ − rᵢ)·ln(cᵢ / rᵢ) over shares of the same bins or categories.
 *
 * Variant: natural logarithm; an empty cell counts as half an observation of its own side (`fill`); no
 * renormalisation after the fill. A cell that is empty on both sides adds nothing.
 *
 * @param sides counts over the same cells, missing values taken out before
 * @param options fill: treatment of empty cells, see {@link Fill}
 * @returns 0 (same shares) upward, without a bound; unit nats. null when a side has no observation.
 *   It grows under no drift when samples are small or bins many: read it beside `psiNoDriftBand`.
 *   Symmetric in the sides as long as both are filled alike. O(cells).
 * @see Yurdakul & Naranjo (2020), Statistical properties of the population stability index,
 *   Journal of Risk Model Validation 14(4), doi:10.21314/JRMV.2020.227
 * @example populationStability({ reference: [50, 30, 20], current: [40, 45, 15] }) // 0.0975…
 */
export function populationStability(sides: Sides<Counts>, options: { fill?: Fill } = {}): number | null {
  const parts = populationStabilityByBin(sides, options);
  if (parts === null) return null;
  let sum = 0;
  for (const part of parts) sum += part;
  return sum;
}

/**
 * What each cell adds to the population stability index: where in the histogram the drift sits.
 *
 * @returns one non-negative number a cell, in nats, that add up to `populationStability`; null when a side
 *   has no observation. With `fill: "none"` a cell empty on one side alone is infinite.
 * @example populationStabilityByBin({ reference: [1, 1], current: [1, 1] }) // [0, 0]
 */
export function populationStabilityByBin(
  sides: Sides<Counts>,
  { fill = "half" }: { fill?: Fill } = {},
): number[] | null {
  requireSameLength(sides);
  const reference = shares(sides.reference, fill);
  const current = shares(sides.current, fill);
  if (reference === null || current === null) return null;
  const parts: number[] = [];
  for (let i = 0; i < reference.length; i++) {
    // both fills differ (0.5/n, 0.5/m): without this an empty cell would read as drift
    const empty = sides.reference[i] === 0 && sides.current[i] === 0;
    const [r, c] = [reference[i]!, current[i]!];
    parts.push(empty || r === c ? 0 : (c - r) * Math.log(c / r));
  }
  return parts;
}
