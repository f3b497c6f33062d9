import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricNoiseBand } from "./metric-noise-band";
import { aucFromHistogram, rocAuc } from "./roc-auc";
import { expectClose, expectFivePercent, normal, rate, seeded, vectors } from "./test-support";

type Case = { labels: number[]; scores: number[]; auc: number };

function split({ labels, scores }: { labels: number[]; scores: number[] }) {
  return {
    positive: scores.filter((_, i) => labels[i] === 1),
    negative: scores.filter((_, i) => labels[i] === 0),
  };
}

const BINS = 4096;

/** Bins of equal width; 1 has one of its own. */
function binned(scores: ArrayLike<number>): number[] {
  const counts = new Array<number>(BINS + 1).fill(0);
  for (let i = 0; i < scores.length; i++) counts[Math.floor(scores[i]! * BINS)]!++;
  return counts;
}

describe("rocAuc", () => {
  it("equals scikit-learn's roc_auc_score, ties included", () => {
    for (const c of vectors<Case>("probabilities")) expectClose(rocAuc(split(c)), c.auc);
  });

  it("follows by hand: of 4 pairs 3 are right and 1 is a tie", () => {
    expect(rocAuc({ positive: [0.8, 0.4], negative: [0.4, 0.1] })).toBe(0.875);
    expect(rocAuc({ positive: [1], negative: [] })).toBeNull();
    expect(() => rocAuc({ positive: [Number.NaN], negative: [1] })).toThrow(RangeError);
  });

  const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

  it("is ½ against itself, blind to order, and turns over with the classes", () => {
    fc.assert(
      fc.property(scores, scores, (positive, negative) => {
        expect(rocAuc({ positive, negative: [...positive].reverse() })).toBe(0.5);
        const auc = rocAuc({ positive, negative })!;
        expectClose(rocAuc({ positive: negative, negative: [...positive].reverse() }), 1 - auc, {
          floor: 1e-12,
        });
      }),
    );
  });

  it("lies within the bracket of its histogram, always", () => {
    const coarse = fc.array(
      fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ min: 0, max: 1, noNaN: true })),
      {
        minLength: 1,
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(coarse, coarse, (positive, negative) => {
        const auc = rocAuc({ positive, negative })!;
        const { value, errorBound } = aucFromHistogram({
          positive: binned(positive),
          negative: binned(negative),
        })!;
        expect(Math.abs(auc - value)).toBeLessThanOrEqual(errorBound + 1e-12);
      }),
    );
  });
});

describe("aucFromHistogram", () => {
  it("follows by hand, and measures nothing without both classes", () => {
    const result = aucFromHistogram({ positive: [0, 1, 1], negative: [1, 1, 0] });
    expect(result).toEqual({ value: 0.875, errorBound: 0.125 });
    expect(aucFromHistogram({ positive: [0, 0], negative: [1, 1] })).toBeNull();
    expect(() => aucFromHistogram({ positive: [1], negative: [1, 1] })).toThrow(RangeError);
  });

  it("is within 0.0005 for a model whose scores crowd near an end", () => {
    const random = seeded(12);
    const draw = (shift: number) =>
      Float64Array.from({ length: 5_000 }, () => 1 / (1 + Math.exp(-3 - shift - 2 * normal(random))));
    const [positive, negative] = [draw(2), draw(0)];
    const { value, errorBound } = aucFromHistogram({
      positive: binned(positive),
      negative: binned(negative),
    })!;
    expect(errorBound).toBeLessThan(0.008);
    expect(Math.abs(value - rocAuc({ positive, negative })!)).toBeLessThan(0.0005);
  });
});

describe("metricNoiseBand", () => {
  it("equals scipy's binomial points for accuracy", () => {
    type Band = { rate: number; n: number; lower: number; upper: number };
    for (const { rate, n, lower, upper } of vectors<Band>("binomial-band")) {
      const band = metricNoiseBand({ metric: "accuracy", baseline: rate, n })!;
      expectClose(band.lower, lower, { floor: 1e-12 });
      expectClose(band.upper, upper, { floor: 1e-12 });
    }
  });

  it("is a point for a baseline that never errs, and nothing without rows", () => {
    expect(metricNoiseBand({ metric: "accuracy", baseline: 1, n: 5 })).toEqual({ lower: 1, upper: 1 });
    expect(metricNoiseBand({ metric: "accuracy", baseline: 0.5, n: 0 })).toBeNull();
    expect(metricNoiseBand({ metric: "auc", baseline: 0.7, nPositive: 0, nNegative: 5 })).toBeNull();
    expect(() => metricNoiseBand({ metric: "accuracy", baseline: 70, n: 5 })).toThrow(RangeError);
  });

  it("is left by 5 % of quiet buckets", () => {
    const random = seeded(13);
    const runs = 1_500;
    const accuracy = rate(runs, () => {
      let hits = 0;
      for (let i = 0; i < 3_000; i++) if (random() < 0.83) hits++;
      const band = metricNoiseBand({ metric: "accuracy", baseline: 0.83, n: 3_000 })!;
      return hits / 3_000 < band.lower || hits / 3_000 > band.upper;
    });
    expectFivePercent(accuracy, runs, 0.005);
    // two normals a deviation apart: AUC = Φ(1/√2)
    const auc = 0.7602499389065233;
    const draw = (length: number, shift: number) =>
      Float64Array.from({ length }, () => normal(random) + shift);
    const left = rate(runs, () => {
      const value = rocAuc({ positive: draw(60, 1), negative: draw(140, 0) })!;
      const band = metricNoiseBand({ metric: "auc", baseline: auc, nPositive: 60, nNegative: 140 })!;
      return value < band.lower || value > band.upper;
    });
    expectFivePercent(left, runs, 0.015);
  });
});
