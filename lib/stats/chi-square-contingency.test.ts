import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chiSquareContingency } from "./chi-square-contingency";
import { chiSquareUpperTail } from "./chi-square-distribution";
import { expectClose, expectFivePercent, multinomial, rate, seeded, vectors } from "./test-support";

type Case = {
  reference: number[];
  current: number[];
  statistic: number;
  dof: number;
  pValue: number;
  minExpected: number;
};

describe("chiSquareContingency", () => {
  it("equals scipy.stats.chi2_contingency, Yates' correction at one degree of freedom included", () => {
    for (const { reference, current, ...expected } of vectors<Case>("chi-square")) {
      const result = chiSquareContingency({ reference, current })!;
      expectClose(result.statistic, expected.statistic, { floor: 1e-12 });
      expect(result.dof).toBe(expected.dof);
      expectClose(result.pValue, expected.pValue);
      expectClose(result.minExpected, expected.minExpected);
    }
  });

  it("follows by hand: three cells of 10 against 10, 15 and 5", () => {
    // expected 10, 12.5 and 7.5 on either side
    const result = chiSquareContingency({ reference: [10, 10, 10], current: [10, 15, 5] })!;
    expectClose(result.statistic, 2 * (2.5 ** 2 / 12.5 + 2.5 ** 2 / 7.5));
    expect(result).toMatchObject({ dof: 2, minExpected: 7.5 });
  });

  it("measures nothing without rows on both sides; one category is no difference", () => {
    expect(chiSquareContingency({ reference: [0], current: [4] })).toBeNull();
    expect(chiSquareContingency({ reference: [], current: [] })).toBeNull();
    expect(chiSquareContingency({ reference: [3, 0], current: [9, 0] })).toMatchObject({
      statistic: 0,
      pValue: 1,
    });
  });

  const side = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 4, maxLength: 4 });

  it("is 0 for equal shares, blind to order, to empty categories, and even-handed", () => {
    fc.assert(
      fc.property(side, side, (reference, current) => {
        const same = chiSquareContingency({ reference, current: reference.map((c) => 3 * c) })!;
        expectClose(same.statistic, 0, { floor: 1e-9 });
        const { statistic } = chiSquareContingency({ reference, current })!;
        const padded = {
          reference: [0, ...[...current].reverse()],
          current: [0, ...[...reference].reverse()],
        };
        expectClose(chiSquareContingency(padded)!.statistic, statistic, { floor: 1e-9 });
      }),
    );
  });

  it("fires on 5 % of quiet windows, where the one-sample form fires on a fifth and more", () => {
    const random = seeded(11);
    for (const { k, n, m, oneSample } of [
      { k: 3, n: 1000, m: 1000, oneSample: 0.21 },
      { k: 5, n: 1000, m: 100, oneSample: 0.077 },
      { k: 20, n: 1000, m: 1000, oneSample: 0.72 },
    ]) {
      const p = Array.from({ length: k }, () => 1 / k);
      const runs = 1_000;
      let inflated = 0;
      const observed = rate(runs, () => {
        const reference = multinomial(random, { n, p });
        const current = multinomial(random, { n: m, p });
        let asIfKnown = 0;
        reference.forEach((r, i) => {
          const expected = (r * m) / n;
          asIfKnown += (current[i]! - expected) ** 2 / expected;
        });
        if (chiSquareUpperTail(asIfKnown, k - 1) < 0.05) inflated++;
        return chiSquareContingency({ reference, current })!.pValue < 0.05;
      });
      expectFivePercent(observed, runs);
      expect(Math.abs(inflated / runs - oneSample), `k ${k}: ${inflated / runs}`).toBeLessThan(0.05);
    }
  });
});
