import type { Counts, Sides } from "./sample";
import { requireSameLength } from "./sample";
import type { Fill } from "./shares";
import { shares } from "./shares";

/**
 * Kullback–Leibler divergence KL(reference ‖ current) = Σ rᵢ·log(rᵢ / cᵢ): the information lost when
 * the reference is described by the current shares.
 *
 * Variant: this direction, the one Evidently calls `kl_div`; natural logarithm unless `base` is given;
 * empty cells filled (`fill`), then both sides renormalised to 1, as `scipy.stats.entropy` does. A cell that
 * is empty on both sides is left out.
 *
 * @param sides counts over the same cells, missing values taken out before
 * @param options fill: see {@link Fill}; base: of the logarithm, e (nats) by default
 * @returns 0 (same shares) upward, without a bound. Not symmetric. null when a side has no observation;
 *   Infinity with `fill: "none"` where the current side lacks a cell of the reference. O(cells).
 * @see Kullback & Leibler (1951), doi:10.1214/aoms/1177729694
 * @example kullbackLeibler({ reference: [50, 30, 20], current: [40, 45, 15] }) // 0.04746…
 */
export function kullbackLeibler(
  sides: Sides<Counts>,
  { fill = "half", base = Math.E }: { fill?: Fill; base?: number } = {},
): number | null {
  requireSameLength(sides);
  const reference = shares(sides.reference, fill);
  const current = shares(sides.current, fill);
  if (reference === null || current === null) return null;
  let totalReference = 0;
  let totalCurrent = 0;
  for (let i = 0; i < reference.length; i++) {
    if (sides.reference[i] === 0 && sides.current[i] === 0) {
      reference[i] = 0;
      current[i] = 0;
    }
    totalReference += reference[i]!;
    totalCurrent += current[i]!;
  }
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    const r = reference[i]! / totalReference;
    if (r > 0) sum += r * Math.log((r * totalCurrent) / current[i]!);
  }
  // rounding may leave −1e-17 where both sides agree
  return Math.max(0, base === Math.E ? sum : sum / Math.log(base));
}
