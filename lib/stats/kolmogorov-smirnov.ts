import { kolmogorovUpperTail } from "./kolmogorov-distribution";
import { exactUpperTail } from "./kolmogorov-exact";
import type { Gap } from "./largest-gap";
import { larger, largestGaps, mergedGaps } from "./largest-gap";
import { kolmogorovUpperTailQuick } from "./pelz-good";
import type { Sample, Sides } from "./sample";

export type KolmogorovSmirnov = {
  /** D, the largest distance of the two empirical distribution functions, 0 to 1 */
  statistic: number;
  pValue: number;
  method: "exact" | "asymptotic";
  /** the smallest value at which that distance is reached */
  location: number;
};

/** scipy's limit too: beyond it the asymptotic law is as good, and far cheaper. */
const LARGEST_EXACT = 10_000;

/**
 * Two-sample Kolmogorov–Smirnov test, two-sided: could both samples come from one distribution?
 *
 * Variant: equal to `scipy.stats.ks_2samp(method="auto")`; see {@link kolmogorovSmirnovPValue}.
 *
 * @param sides values in any order and unit; ±Infinity is a value, NaN is refused
 * @returns D in [0, 1], larger is more different; a small p-value when the samples differ. null when a side is
 *   empty. The laws assume continuous values: with ties the test is conservative (docs/statistics.md).
 *   About O(n + m): only the stretch of values that can hold the maximum is sorted.
 * @throws RangeError on NaN
 * @see Hodges (1958), doi:10.1007/BF02589501; Simard & L'Ecuyer (2011), doi:10.18637/jss.v039.i11
 * @example kolmogorovSmirnov({ reference: [1, 2, 3], current: [4, 5, 6] })
 *   // { statistic: 1, pValue: 0.1, method: "exact", location: 3 }
 */
export function kolmogorovSmirnov({ reference, current }: Sides<Sample>): KolmogorovSmirnov | null {
  if (reference.length === 0 || current.length === 0) return null;
  const gaps = largestGaps({ reference: typed(reference), current: typed(current) });
  return tested(larger(gaps), { nReference: reference.length, nCurrent: current.length });
}

/**
 * {@link kolmogorovSmirnov} of samples already sorted in ascending order and free of NaN, which is not
 * checked. One merge, O(n + m), nothing copied.
 */
export function ksSorted({ reference, current }: Sides<Float64Array>): KolmogorovSmirnov | null {
  if (reference.length === 0 || current.length === 0) return null;
  const gaps = mergedGaps({ reference, current });
  return tested(larger(gaps), { nReference: reference.length, nCurrent: current.length });
}

/** A distance and the sizes of the samples behind it. */
export type KolmogorovSmirnovDistance = { statistic: number; nReference: number; nCurrent: number };

/**
 * p-value of a two-sample Kolmogorov–Smirnov distance, from the distance and both sizes alone.
 *
 * Variants:
 * - `"auto"` (default): exact up to 10,000 values a side, asymptotic beyond, as scipy. The exact law counts
 *   lattice paths: O(n·m·D), some 30 ms at 10,000 × 9,999.
 * - `"asymptotic"`: Kolmogorov's one-sample law at the effective size round(nm/(n+m)), to 1e-9 of scipy's
 *   `kstwo.sf`; microseconds, up to a millisecond for effective sizes below 140.
 * - `"quick"`: the same law by its expansions, about a microsecond: for timelines. Within 5e-5 of
 *   `"asymptotic"` from an effective size of 30, within 5e-3 from 5.
 *
 * @param distance statistic in [0, 1]; sizes of at least 1
 * @returns probability of a distance at least as large without drift, and the law that was used. An exact
 *   p-value cannot fall below about 1e-16, being a complement; an asymptotic one falls to 1e-320.
 * @throws RangeError on a statistic outside [0, 1] or on an empty side
 * @example kolmogorovSmirnovPValue({ statistic: 0.1, nReference: 200, nCurrent: 150 }).pValue // 0.33868…
 */
export function kolmogorovSmirnovPValue(
  distance: KolmogorovSmirnovDistance,
  { law = "auto" }: { law?: "auto" | "asymptotic" | "quick" } = {},
): { pValue: number; method: "exact" | "asymptotic" } {
  const { statistic, nReference, nCurrent } = distance;
  if (!(statistic >= 0 && statistic <= 1)) {
    throw new RangeError(`a Kolmogorov–Smirnov statistic of ${statistic}: expected a number from 0 to 1`);
  }
  if (!(nReference >= 1 && nCurrent >= 1)) {
    throw new RangeError(`samples of ${nReference} and ${nCurrent}: the test wants a value on both sides`);
  }
  if (law === "auto" && Math.max(nReference, nCurrent) <= LARGEST_EXACT) {
    const exact = exactUpperTail(distance);
    // null: the path counts broke down, where scipy falls back too
    if (exact !== null) return { pValue: exact, method: "exact" };
  }
  const effective = roundHalfEven((nReference * nCurrent) / (nReference + nCurrent));
  const tail = law === "quick" ? kolmogorovUpperTailQuick : kolmogorovUpperTail;
  return { pValue: tail(Math.max(1, effective), statistic), method: "asymptotic" };
}

function tested(
  { statistic, location }: Gap,
  sizes: { nReference: number; nCurrent: number },
): KolmogorovSmirnov {
  return { statistic, location, ...kolmogorovSmirnovPValue({ statistic, ...sizes }) };
}

/** numpy's rounding, which sends 2.5 to 2. */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

function typed(values: Sample): Float64Array {
  return values instanceof Float64Array ? values : new Float64Array(values);
}
