import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kolmogorovSmirnov, kolmogorovSmirnovPValue, ksSorted } from "./kolmogorov-smirnov";
import { larger, largestGaps, mergedGaps } from "./largest-gap";
import { expectClose, expectFivePercent, normal, rate, seeded, vectors } from "./test-support";

type Case = {
  name: string;
  reference: number[];
  current: number[];
  statistic: number;
  pValue: number;
  location: number;
  asymptotic: number;
};
type PCase = {
  nReference: number;
  nCurrent: number;
  statistic: number;
  exact: number | null;
  asymptotic: number;
};
/** scipy computes an exact p as a complement: below this it has no digits to agree with. */
const floor = 1e-14;

describe("kolmogorovSmirnov", () => {
  it("equals scipy.stats.ks_2samp: statistic, location and p-value", () => {
    for (const { name, reference, current, ...expected } of vectors<Case>("kolmogorov-smirnov")) {
      const result = kolmogorovSmirnov({ reference, current })!;
      expectClose(result.statistic, expected.statistic, { note: name });
      expectClose(result.pValue, expected.pValue, { note: name, floor });
      expect(result.location, name).toEqual(expected.location + 0);
    }
  });

  it("equals scipy's exact and asymptotic p-values up to sizes of millions", () => {
    for (const { exact, asymptotic, ...distance } of vectors<PCase>("kolmogorov-smirnov-p")) {
      const note = JSON.stringify(distance);
      expectClose(kolmogorovSmirnovPValue(distance, { law: "asymptotic" }).pValue, asymptotic, { note });
      const auto = kolmogorovSmirnovPValue(distance);
      expect(auto.method, note).toBe(exact === null ? "asymptotic" : "exact");
      expectClose(auto.pValue, exact ?? asymptotic, { note, floor: exact === null ? 1e-300 : floor });
    }
  });

  it("follows by hand: 3 against 3 disjoint values are 2 of the 20 orders", () => {
    expect(kolmogorovSmirnov({ reference: [3, 1, 2], current: [6, 4, 5] })).toEqual({
      statistic: 1,
      pValue: expect.closeTo(0.1, 15),
      method: "exact",
      location: 3,
    });
  });

  it("takes equal values of both sides as one step", () => {
    const result = kolmogorovSmirnov({ reference: [1, 1, 2], current: [1, 2, 2] })!;
    expect(result.statistic).toBeCloseTo(1 / 3, 15);
    expect(result.location).toBe(1);
  });

  it("measures nothing on an empty side and refuses NaN", () => {
    expect(kolmogorovSmirnov({ reference: [], current: [1] })).toBeNull();
    expect(ksSorted({ reference: new Float64Array(0), current: Float64Array.of(1) })).toBeNull();
    expect(() => kolmogorovSmirnov({ reference: [1, Number.NaN], current: [1] })).toThrow(RangeError);
    const large = new Float64Array(10_000).fill(Number.NaN, 7000, 7001);
    large.forEach((_, i) => {
      if (i !== 7000) large[i] = i;
    });
    expect(() => kolmogorovSmirnov({ reference: large, current: large })).toThrow(RangeError);
    expect(() => kolmogorovSmirnovPValue({ statistic: 1.1, nReference: 1, nCurrent: 1 })).toThrow(RangeError);
    expect(() => kolmogorovSmirnovPValue({ statistic: 1, nReference: 0, nCurrent: 1 })).toThrow(RangeError);
  });

  const values = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), {
    minLength: 1,
    maxLength: 40,
  });

  it("is 0 with p 1 against itself, blind to order, and even-handed", () => {
    fc.assert(
      fc.property(values, values, (reference, current) => {
        expect(kolmogorovSmirnov({ reference, current: [...reference].reverse() })).toMatchObject({
          statistic: 0,
          pValue: 1,
        });
        const forward = kolmogorovSmirnov({ reference, current })!;
        const back = kolmogorovSmirnov({ reference: [...current].reverse(), current: reference })!;
        expectClose(back.statistic, forward.statistic, { floor: 1e-15 });
        expectClose(back.pValue, forward.pValue, { floor: 1e-14 });
      }),
    );
  });

  it("finds by buckets what the full sort finds, on every shape of data", () => {
    const random = seeded(7);
    const shapes: Record<string, () => number> = {
      normal: () => normal(random),
      "heavy tail": () => Math.exp(6 * normal(random)) * (random() < 0.5 ? -1 : 1),
      integers: () => Math.floor(random() * 12),
      binary: () => (random() < 0.3 ? 1 : 0),
      "zero-inflated": () => (random() < 0.7 ? 0 : random()),
      "with infinities": () => (random() < 0.01 ? Number.POSITIVE_INFINITY : random()),
      constant: () => 5,
      "tiny range": () => 1 + Math.floor(random() * 5) * Number.EPSILON,
    };
    for (const [name, draw] of Object.entries(shapes)) {
      for (const shift of [0, 0.02]) {
        const reference = Float64Array.from({ length: 9_000 }, draw);
        const current = Float64Array.from({ length: 4_001 }, () => draw() + shift);
        const sorted = { reference: reference.slice().sort(), current: current.slice().sort() };
        expect(larger(largestGaps({ reference, current })), name).toEqual(larger(mergedGaps(sorted)));
      }
    }
  });

  it("fires on 5 % of quiet windows of unequal size", () => {
    const random = seeded(42);
    const draw = (length: number) => Float64Array.from({ length }, () => normal(random));
    const runs = 2_000;
    const exact = rate(
      runs,
      () => kolmogorovSmirnov({ reference: draw(150), current: draw(61) })!.pValue < 0.05,
    );
    expectFivePercent(exact, runs);
    const asymptotic = rate(runs, () => {
      const { statistic } = kolmogorovSmirnov({ reference: draw(700), current: draw(200) })!;
      const distance = { statistic, nReference: 700, nCurrent: 200 };
      return kolmogorovSmirnovPValue(distance, { law: "asymptotic" }).pValue < 0.05;
    });
    // the one-sample law at the effective size is slightly conservative
    expectFivePercent(asymptotic, runs, 0.005);
  });
});
