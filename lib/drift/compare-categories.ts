import { chiSquareContingency } from "@/lib/stats/chi-square-contingency";
import { tvNoDriftBand } from "@/lib/stats/no-drift-band";
import type { Sides } from "@/lib/stats/sample";
import { totalVariation } from "@/lib/stats/total-variation";
import type { Histogram } from "@/lib/summaries/histogram";
import { barDistances } from "./distances";
import type { FeatureDrift } from "./schema";

/** Bars shown; what is rarer on both sides is put together as "other". */
const MOST_BARS = 30;
/** New categories named in a reply. A column of ids would name millions. */
const MOST_NAMED = 100;

type Category = { code: number; reference: number; current: number };

/** Counts over the union of both sides' categories, the most frequent of the reference first. */
export function union({ reference, current }: Sides<Histogram>): Category[] {
  const codes = new Set<number>();
  for (const side of [reference, current])
    for (const [code, count] of side.counts) if (count > 0) codes.add(code);
  return [...codes]
    .map((code) => ({
      code,
      reference: reference.counts.get(code) ?? 0,
      current: current.counts.get(code) ?? 0,
    }))
    .sort((a, b) => b.reference - a.reference || b.current - a.current || a.code - b.code);
}

export type CategoryTest = Pick<
  FeatureDrift,
  "method" | "statistic" | "error_bound" | "p_value" | "effect" | "effect_band"
> & { minExpected: number };

/** Chi-square and total variation of two sides that both have values. Exact: counts of categories lose nothing. */
export function testCategories(categories: readonly Category[]): CategoryTest {
  const sides = {
    reference: categories.map((category) => category.reference),
    current: categories.map((category) => category.current),
  };
  const test = chiSquareContingency(sides)!;
  return {
    method: "chi2",
    statistic: test.statistic,
    error_bound: 0,
    p_value: test.pValue,
    effect: totalVariation(sides),
    effect_band: categoryBand(categories),
    minExpected: test.minExpected,
  };
}

/** The total variation that chance alone stays under 95 % of the time. */
export function categoryBand(categories: readonly Category[]): number | null {
  const pooled = categories.map((category) => category.reference + category.current);
  const nReference = categories.reduce((sum, category) => sum + category.reference, 0);
  const nCurrent = categories.reduce((sum, category) => sum + category.current, 0);
  return tvNoDriftBand({ counts: pooled, nReference, nCurrent });
}

export type CategoryComparison = Partial<FeatureDrift> & {
  minExpected: number;
  newCategories: { named: string[]; distinct: number; n: number };
};

/** Test, distances and bars of a categorical column. Both sides must have values. */
export function compareCategories(
  histograms: Sides<Histogram>,
  nameOf: (code: number) => string,
): CategoryComparison {
  const categories = union(histograms);
  const { minExpected, ...test } = testCategories(categories);
  const bars = prepareBars(categories, nameOf, {
    reference: histograms.reference.n,
    current: histograms.current.n,
  });
  const { contributions, ...distances } = barDistances(bars);
  const fresh = categories.filter((category) => category.reference === 0);
  const named = fresh.slice(0, MOST_NAMED).map((category) => nameOf(category.code));
  return {
    ...test,
    ...distances,
    new_categories: named,
    histogram: {
      edges: [],
      categories: bars.categories,
      other_categories: bars.others,
      reference: bars.reference,
      current: bars.current,
      psi_contribution: contributions,
    },
    minExpected,
    newCategories: {
      named,
      distinct: fresh.length,
      n: fresh.reduce((sum, category) => sum + category.current, 0),
    },
  };
}

function prepareBars(categories: readonly Category[], nameOf: (code: number) => string, n: Sides<number>) {
  const weight = (category: Category) =>
    Math.max(category.reference / n.reference, category.current / n.current);
  const tooMany = categories.length > MOST_BARS;
  // Frequent on either side: a new category that takes a tenth of the rows must not hide in "other".
  const kept = tooMany
    ? new Set([...categories].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_BARS - 1))
    : new Set(categories);
  const shown = categories.filter((category) => kept.has(category));
  const rest = categories.filter((category) => !kept.has(category));
  const sum = (of: "reference" | "current") => rest.reduce((total, category) => total + category[of], 0);
  return {
    categories: [...shown.map((category) => nameOf(category.code)), ...(tooMany ? ["other"] : [])],
    others: rest.length,
    reference: [...shown.map((category) => category.reference), ...(tooMany ? [sum("reference")] : [])],
    current: [...shown.map((category) => category.current), ...(tooMany ? [sum("current")] : [])],
  };
}
