import { expect, it } from "vitest";
import { chiSquareContingency } from "./chi-square-contingency";
import { hellinger } from "./hellinger";
import { jensenShannon } from "./jensen-shannon";
import { kolmogorovSmirnov, kolmogorovSmirnovPValue } from "./kolmogorov-smirnov";
import { kullbackLeibler } from "./kullback-leibler";
import { populationStability } from "./population-stability";
import { expectClose } from "./test-support";
import { twoProportions } from "./two-proportions";
import { wasserstein } from "./wasserstein";

/*
 * Evidently's own scores, made by running its functions (0.7.21). With its fill and base e ours are the same
 * numbers; with our defaults they differ, which is why a score carries its method, base and fill.
 */
const evidently = { fill: "evidently" } as const;

it("reproduces Evidently's numeric scores on its Sturges bins", () => {
  const reference = Array.from({ length: 200 }, (_, i) => ((37 * i) % 101) / 10);
  const current = Array.from({ length: 150 }, (_, i) => ((53 * i) % 97) / 10 + 1);
  // Sturges' bins of equal width over the pooled range 0 to 10.6, right-open, as numpy counts
  const counted = (bins: number) => {
    const count = (values: number[]) => {
      const counts = new Array<number>(bins).fill(0);
      for (const value of values) counts[Math.min(bins - 1, Math.floor((value * bins) / 10.6))]!++;
      return counts;
    };
    return { reference: count(reference), current: count(current) };
  };
  const binned = counted(10);
  const ks = kolmogorovSmirnov({ reference, current })!;
  expectClose(ks.statistic, 0.1);
  expectClose(ks.pValue, 0.33868681219914437);
  const sizes = { statistic: 0.1, nReference: 200, nCurrent: 150 };
  expectClose(kolmogorovSmirnovPValue(sizes, { law: "asymptotic" }).pValue, 0.33369363531817847);
  const deviation = 2.9238210872076285;
  expectClose(wasserstein({ reference, current })! / deviation, 0.24334594312660635);
  expectClose(jensenShannon(binned, { base: Math.E }), 0.1627494143203936);
  expectClose(kullbackLeibler(binned, evidently), 0.1532334012874627);
  expectClose(populationStability(binned, evidently), 0.24360093965936233);
  // for this one it bins the distinct values, and so has 8 bins
  expectClose(hellinger(counted(8)), 0.11875190814873608);
});

it("reproduces Evidently's categorical distances, and not its chi-square", () => {
  const counts = { reference: [50, 30, 20], current: [40, 45, 15] };
  expectClose(jensenShannon(counts, { base: Math.E }), 0.11011892498610816);
  expectClose(kullbackLeibler(counts, evidently), 0.04746865771501174);
  expectClose(populationStability(counts, evidently), 0.09751822497023471);
  // its one-sample form says 0.0046 here
  expectClose(chiSquareContingency(counts)!.pValue, 0.08957326253887996);
});

it("reproduces Evidently's fill for a category that the reference never had", () => {
  const counts = { reference: [50, 30, 20, 0], current: [40, 45, 10, 5] };
  expectClose(jensenShannon(counts, { base: Math.E }), 0.19015249332695247);
  expectClose(kullbackLeibler(counts, evidently), 0.12782743078389067);
  expectClose(populationStability(counts, evidently), 0.4625577835149075);
  expectClose(chiSquareContingency(counts)!.pValue, 0.0060058815393578);
});

it("agrees with z on a rate, and with Yates on its 2 × 2 table", () => {
  const z = twoProportions({ reference: { hits: 60, n: 100 }, current: { hits: 90, n: 200 } })!;
  expectClose(z.pValue, 0.0143058784, { relative: 1e-8 });
  const table = chiSquareContingency({ reference: [60, 40], current: [90, 110] })!;
  expectClose(table.pValue, 0.0199644533, { relative: 1e-8 });
});

it("finds p 1 where Evidently finds NaN: one category on both sides", () => {
  expect(chiSquareContingency({ reference: [50], current: [50] })).toMatchObject({ pValue: 1, dof: 0 });
});
