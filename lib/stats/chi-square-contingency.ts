import { chiSquareUpperTail } from "./chi-square-distribution";
import type { Counts, Sides } from "./sample";
import { requireSameLength, total } from "./sample";

export type ChiSquareContingency = {
  /** Pearson's statistic, 0 or more; Yates-corrected where dof is 1 */
  statistic: number;
  /** degrees of freedom: categories seen on either side, less one */
  dof: number;
  pValue: number;
  /** smallest expected count; below 5 the p-value is rough: pool rare categories or widen the window */
  minExpected: number;
};

/**
 * Pearson's chi-square test of homogeneity of two rows of category counts: did both sides come from the
 * same distribution over categories?
 *
 * Variant: the two-sample (contingency) form, equal to `scipy.stats.chi2_contingency`: both sides are
 * estimated, and Yates' correction applies only at one degree of freedom. The one-sample form that takes the
 * reference as known inflates the statistic by 1 + n_current/n_reference and fires on 20 to 80 % of quiet
 * windows (docs/statistics.md), so it is not offered.
 *
 * @param sides counts over the union of categories (0 where a side lacks one); a category that neither side
 *   has is dropped. Missing values are no category here: test their rate with `twoProportions`.
 * @returns p-value small when the shares differ. One category in all: statistic 0, dof 0, p-value 1.
 *   null when a side has no observation. The chi-square law is an approximation that wants an expected
 *   count of about 5 a cell (`minExpected`). O(categories).
 * @see Pearson (1900), doi:10.1080/14786440009463897; Yates (1934), doi:10.2307/2983604
 * @example chiSquareContingency({ reference: [50, 30, 20], current: [40, 45, 15] })
 *   // { statistic: 4.825…, dof: 2, pValue: 0.0895…, minExpected: 17.5 }
 */
export function chiSquareContingency(sides: Sides<Counts>): ChiSquareContingency | null {
  requireSameLength(sides);
  const n = total(sides.reference);
  const m = total(sides.current);
  if (!(n > 0 && m > 0)) return null;
  const all = n + m;
  const used: { r: number; c: number }[] = [];
  for (let i = 0; i < sides.reference.length; i++) {
    const [r, c] = [sides.reference[i]!, sides.current[i]!];
    if (r + c > 0) used.push({ r, c });
  }
  const dof = used.length - 1;
  let statistic = 0;
  let minExpected = Number.POSITIVE_INFINITY;
  for (const { r, c } of used) {
    const expectedReference = ((r + c) * n) / all;
    const expectedCurrent = ((r + c) * m) / all;
    let difference = Math.abs(r - expectedReference);
    // Yates never overshoots: a difference below one half becomes 0
    if (dof === 1) difference -= Math.min(0.5, difference);
    statistic += difference ** 2 / expectedReference + difference ** 2 / expectedCurrent;
    minExpected = Math.min(minExpected, expectedReference, expectedCurrent);
  }
  if (dof === 0) return { statistic: 0, dof, pValue: 1, minExpected };
  return { statistic, dof, pValue: chiSquareUpperTail(statistic, dof), minExpected };
}
