import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averagePrecision, averagePrecisionInterval } from "./average-precision";
import { delongAuc, delongTest, placements } from "./delong";
import { rocAuc } from "./roc-auc";
import { rowBrierLosses, rowLogLosses } from "./row-losses";
import { expectClose, expectFivePercent, normal, rate, seeded, vectors } from "./test-support";
import { thinThresholds, thresholdCounts } from "./threshold-counts";

type Curve = {
  labels: number[];
  scores: number[];
  thresholds: number[];
  fpr: number[];
  tpr: number[];
  precision: number[];
  recall: number[];
  auc: number;
  averagePrecision: number;
  logLoss: number;
  brier: number;
};
type Pair = {
  labels: number[];
  champion: number[];
  challenger: number[];
  auc: number;
  variance: number;
  otherAuc: number;
  difference: number;
  z: number;
  pValue: number;
};
type Classes = { labels: number[]; scores: number[][]; logLoss: number; brier: number };

const split = (labels: number[], scores: number[]) => ({
  positive: scores.filter((_, i) => labels[i] === 1),
  negative: scores.filter((_, i) => labels[i] === 0),
});
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("threshold counts", () => {
  it("are the points of scikit-learn's ROC and precision–recall curves", () => {
    for (const c of vectors<Curve>("curves")) {
      const counts = thresholdCounts(split(c.labels, c.scores));
      expect([...counts.thresholds]).toEqual(c.thresholds);
      c.thresholds.forEach((_, i) => {
        const [hits, alarms] = [counts.truePositives[i]!, counts.falsePositives[i]!];
        expectClose(hits / counts.positives, c.tpr[i]!, { floor: 1e-15 });
        expectClose(alarms / counts.negatives, c.fpr[i]!, { floor: 1e-15 });
        // scikit-learn's curve stops where every positive has been found
        if (i < c.precision.length) {
          expectClose(hits / (hits + alarms), c.precision[i]!, { floor: 1e-15 });
          expectClose(hits / counts.positives, c.recall[i]!, { floor: 1e-15 });
        }
      });
      expectClose(averagePrecision(counts), c.averagePrecision);
      expectClose(mean(rowLogLosses({ labels: c.labels, scores: c.scores, width: 1 })), c.logLoss);
      expectClose(mean(rowBrierLosses({ labels: c.labels, scores: c.scores, width: 1 })), c.brier);
    }
  });

  it("follow by hand", () => {
    const counts = thresholdCounts({ positive: [0.8, 0.4], negative: [0.4] });
    expect([...counts.thresholds]).toEqual([0.8, 0.4]);
    expect([...counts.truePositives]).toEqual([1, 2]);
    expect([...counts.falsePositives]).toEqual([0, 1]);
    expect(averagePrecision(thresholdCounts({ positive: [], negative: [1] }))).toBeNull();
    expect(() => thresholdCounts({ positive: [Number.NaN], negative: [] })).toThrow(RangeError);
  });

  it("thinned keep exact counts, both ends, and the cut at a given threshold", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(scores, scores, fc.integer({ min: 0, max: 400 }), (positive, negative, cut) => {
        const counts = thresholdCounts({ positive, negative });
        const thin = thinThresholds(counts, { most: 20, also: [cut] });
        expect(thin.thresholds.length).toBeLessThanOrEqual(Math.max(20, 0));
        expect(thin.thresholds[0]).toBe(counts.thresholds[0]);
        expect(thin.truePositives.at(-1)).toBe(positive.length);
        thin.thresholds.forEach((threshold, i) => {
          expect(thin.truePositives[i]).toBe(positive.filter((score) => score >= threshold).length);
          expect(thin.falsePositives[i]).toBe(negative.filter((score) => score >= threshold).length);
        });
        const passing = [...positive, ...negative].filter((score) => score >= cut);
        if (passing.length > 0) expect([...thin.thresholds]).toContain(Math.min(...passing));
      }),
    );
  });
});

describe("probabilities of several classes", () => {
  it("cost what scikit-learn says", () => {
    for (const { labels, scores, ...expected } of vectors<Classes>("class-probabilities")) {
      const flat = { labels, scores: scores.flat(), width: scores[0]!.length };
      expectClose(mean(rowLogLosses(flat)), expected.logLoss);
      expectClose(mean(rowBrierLosses(flat)), expected.brier);
    }
  });
});

describe("DeLong", () => {
  it("equals its definition pair by pair, for one area and for two", () => {
    for (const c of vectors<Pair>("delong")) {
      const champion = split(c.labels, c.champion);
      const challenger = split(c.labels, c.challenger);
      const one = delongAuc(champion)!;
      expectClose(one.auc, c.auc);
      expectClose(one.variance, c.variance);
      const test = delongTest({
        positive: { champion: champion.positive, challenger: challenger.positive },
        negative: { champion: champion.negative, challenger: challenger.negative },
      })!;
      expectClose(test.challenger, c.otherAuc);
      expectClose(test.difference, c.difference, { floor: 1e-15 });
      expectClose(test.z, c.z, { floor: 1e-13 });
      expectClose(test.pValue, c.pValue, { floor: 1e-13 });
    }
  });

  it("follows by hand, and measures nothing without both classes", () => {
    expect([...placements({ own: [0.4, 0.8], others: [0.4, 0.1] })]).toEqual([0.75, 1]);
    expect(delongAuc({ positive: [], negative: [1] })).toBeNull();
    const apart = delongAuc({ positive: [1, 2, 3], negative: [0, 0.5] })!;
    expect(apart).toMatchObject({ auc: 1, variance: 0, interval: { upper: 1 } });
    expect(apart.interval.lower).toBeLessThan(0.4);
    const alike = { champion: [1, 2], challenger: [1, 2] };
    expect(delongTest({ positive: alike, negative: alike })).toMatchObject({ difference: 0, pValue: 1 });
    expect(() => delongTest({ positive: { champion: [1], challenger: [] }, negative: alike })).toThrow(
      RangeError,
    );
  });

  it("has the area of the Mann–Whitney form", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(scores, scores, (positive, negative) => {
        expectClose(delongAuc({ positive, negative })!.auc, rocAuc({ positive, negative })!, {
          floor: 1e-14,
        });
      }),
    );
  });

  // two normals a deviation apart: AUC = Φ(1/√2)
  const AUC = 0.7602499389065233;

  it("covers the true area 95 % of the time, with unequal classes", () => {
    const random = seeded(41);
    const draw = (length: number, shift: number) =>
      Float64Array.from({ length }, () => normal(random) + shift);
    const missed = rate(2_000, () => {
      const { lower, upper } = delongAuc({ positive: draw(40, 1), negative: draw(160, 0) })!.interval;
      return AUC < lower || AUC > upper;
    });
    expectFivePercent(missed, 2_000, 0.008);
  });

  it("fires 5 % of the time between two models that are equally good", () => {
    const random = seeded(42);
    const both = (length: number, shift: number) => {
      const shared = Float64Array.from({ length }, () => normal(random) + shift);
      const noisy = () => shared.map((value) => value + normal(random));
      return { champion: noisy(), challenger: noisy() };
    };
    const fired = rate(
      2_000,
      () => delongTest({ positive: both(50, 1), negative: both(150, 0) })!.pValue! < 0.05,
    );
    expectFivePercent(fired, 2_000, 0.008);
  });
});

describe("average precision's interval", () => {
  it("covers the true average precision about 95 % of the time", () => {
    const random = seeded(43);
    const draw = (length: number, shift: number) =>
      Float64Array.from({ length }, () => normal(random) + shift);
    const large = thresholdCounts({ positive: draw(100_000, 1.5), negative: draw(300_000, 0) });
    const truth = averagePrecision(large)!;
    const missed = rate(1_500, () => {
      const value = averagePrecision(thresholdCounts({ positive: draw(100, 1.5), negative: draw(300, 0) }))!;
      const bounds = averagePrecisionInterval({ value, positives: 100 })!;
      return truth < bounds.lower || truth > bounds.upper;
    });
    // the binomial error is a little wide where the model is good: it errs to the safe side
    expect(missed).toBeLessThan(0.06);
    expect(missed).toBeGreaterThan(0.001);
  });
});
