import { describe, expect, it } from "vitest";
import { jensenShannon } from "./jensen-shannon";
import { kolmogorovSmirnov, kolmogorovSmirnovPValue } from "./kolmogorov-smirnov";
import { jsNoDriftBand, ksNoDriftBand, psiNoDriftBand, tvNoDriftBand } from "./no-drift-band";
import { populationStability } from "./population-stability";
import { expectClose, expectFivePercent, multinomial, normal, rate, seeded } from "./test-support";
import { totalVariation } from "./total-variation";

describe("no-drift bands", () => {
  it("follow by hand: χ²₀.₉₅(9) = 16.919 over two windows of 1,000", () => {
    const cells = { nReference: 1000, nCurrent: 1000, bins: 10 };
    expectClose(psiNoDriftBand(cells), 0.002 * 16.918977604620448);
    expectClose(jsNoDriftBand({ ...cells, base: Math.E }), Math.sqrt((0.002 * 16.918977604620448) / 8));
    // two categories: |d| is half-normal with deviation √(p(1 − p)·(1/n + 1/m))
    const tv = tvNoDriftBand({ counts: [50, 50], nReference: 1000, nCurrent: 1000 });
    expectClose(tv, 1.959963984540054 * Math.sqrt(0.25 * 0.002), { relative: 1e-9 });
  });

  it("give the D whose p-value is 0.05", () => {
    for (const [nReference, nCurrent] of [
      [1_000_000, 1_000_000],
      [5_000, 300],
      [100_000, 40],
      [400, 200],
    ] as const) {
      const sizes = { nReference, nCurrent };
      const statistic = ksNoDriftBand(sizes)!;
      expectClose(kolmogorovSmirnovPValue({ statistic, ...sizes }, { law: "asymptotic" }).pValue, 0.05, {
        relative: 1e-3,
      });
    }
    expect(ksNoDriftBand({ nReference: 1, nCurrent: 1 })).toBeLessThanOrEqual(1);
    expect(ksNoDriftBand({ nReference: 3, nCurrent: 4 })).toBeLessThanOrEqual(1);
  });

  it("narrow as windows grow and measure nothing without rows", () => {
    const bands = [
      (n: number) => psiNoDriftBand({ nReference: 500, nCurrent: n, bins: 8 }),
      (n: number) => jsNoDriftBand({ nReference: 500, nCurrent: n, bins: 8 }),
      (n: number) => ksNoDriftBand({ nReference: 500, nCurrent: n }),
      (n: number) => tvNoDriftBand({ counts: [3, 4, 5], nReference: 500, nCurrent: n }),
    ];
    for (const band of bands) {
      expect(band(0)).toBeNull();
      expect(band(100)!).toBeGreaterThan(band(1000)!);
    }
    expect(psiNoDriftBand({ nReference: 5, nCurrent: 5, bins: 1 })).toBe(0);
    expect(tvNoDriftBand({ counts: [7, 0], nReference: 5, nCurrent: 5 })).toBe(0);
  });

  it("are left by 5 % of quiet windows of unequal size", () => {
    const random = seeded(21);
    const runs = 1_500;
    const sizes = { nReference: 3000, nCurrent: 500 };
    const p = [0.3, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05, 0.05];
    const fired = { psi: 0, js: 0, tv: 0 };
    for (let run = 0; run < runs; run++) {
      const reference = multinomial(random, { n: sizes.nReference, p });
      const current = multinomial(random, { n: sizes.nCurrent, p });
      const counts = reference.map((r, i) => r + current[i]!);
      const sides = { reference, current };
      if (populationStability(sides)! > psiNoDriftBand({ ...sizes, bins: 8 })!) fired.psi++;
      if (jensenShannon(sides)! > jsNoDriftBand({ ...sizes, bins: 8 })!) fired.js++;
      if (totalVariation(sides)! > tvNoDriftBand({ ...sizes, counts })!) fired.tv++;
    }
    expectFivePercent(fired.psi / runs, runs, 0.005);
    expectFivePercent(fired.js / runs, runs, 0.005);
    expectFivePercent(fired.tv / runs, runs, 0.005);
    const draw = (length: number) => Float64Array.from({ length }, () => normal(random));
    const ks = rate(1_000, () => {
      const { statistic } = kolmogorovSmirnov({ reference: draw(600), current: draw(150) })!;
      return statistic > ksNoDriftBand({ nReference: 600, nCurrent: 150 })!;
    });
    expectFivePercent(ks, 1_000, 0.005);
  });

  it("hold for total variation from two categories to a hundred, equal or lopsided", () => {
    const random = seeded(22);
    const lopsided = (k: number) => {
      const weights = Array.from({ length: k }, (_, i) => 1 / (i + 1));
      const sum = weights.reduce((a, b) => a + b, 0);
      return weights.map((w) => w / sum);
    };
    for (const p of [
      [0.5, 0.5],
      [0.97, 0.03],
      [0.8, 0.1, 0.1],
      lopsided(12),
      Array(100).fill(0.01),
      lopsided(100),
    ]) {
      const runs = 500;
      const sizes = { nReference: 1500, nCurrent: 300 };
      const observed = rate(runs, () => {
        const reference = multinomial(random, { n: sizes.nReference, p });
        const current = multinomial(random, { n: sizes.nCurrent, p });
        const counts = reference.map((r, i) => r + current[i]!);
        return totalVariation({ reference, current })! > tvNoDriftBand({ ...sizes, counts })!;
      });
      expectFivePercent(observed, runs, 0.015);
    }
  });
});
