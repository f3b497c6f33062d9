import { describe, expect, it } from "vitest";
import { mcnemar } from "./mcnemar";
import { newcombeDifference } from "./newcombe-difference";
import { pairedMeans } from "./paired-means";
import { pairedProportions } from "./paired-proportions";
import {
  determinationInterval,
  meanAbsoluteInterval,
  meanAbsolutePercentage,
  rootMeanSquareInterval,
} from "./regression-intervals";
import { expectClose, expectFivePercent, multinomial, normal, rate, seeded, vectors } from "./test-support";

const RUNS = 2_000;

describe("McNemar's test", () => {
  type Case = {
    onlyChampion: number;
    onlyChallenger: number;
    exact: number;
    mid: number;
    statistic: number;
    corrected: number;
  };

  it("equals statsmodels', exact and with continuity correction", () => {
    for (const { onlyChampion, onlyChallenger, ...expected } of vectors<Case>("mcnemar")) {
      const found = mcnemar({ onlyChampion, onlyChallenger });
      const note = `${onlyChampion}/${onlyChallenger}`;
      expectClose(found.pExact, expected.exact, { note });
      expectClose(found.pMid, expected.mid, { note });
      // without the −1 where both are alike, statsmodels' correction makes (0 − 1)² of it as well
      expectClose(found.statistic, expected.statistic, { note, floor: 1e-15 });
      expectClose(found.pCorrected, expected.corrected, { note });
    }
  });

  it("follows by hand: of 6 disagreements all on one side", () => {
    expectClose(mcnemar({ onlyChampion: 0, onlyChallenger: 6 }).pExact, 2 / 64);
    expectClose(mcnemar({ onlyChampion: 6, onlyChallenger: 0 }).pMid, 1 / 64);
    expect(mcnemar({ onlyChampion: 0, onlyChallenger: 0 })).toEqual({
      pExact: 1,
      pMid: 1,
      statistic: 0,
      pCorrected: 1,
    });
  });

  it("fires at most 5 % of the time under a true null, and mid-p about 5 %", () => {
    const random = seeded(51);
    const fired = { pExact: 0, pMid: 0, pCorrected: 0 };
    for (let run = 0; run < 4_000; run++) {
      const [b, c] = multinomial(random, { n: 1_500, p: [0.1, 0.1, 0.8] });
      const found = mcnemar({ onlyChampion: b!, onlyChallenger: c! });
      for (const key of ["pExact", "pMid", "pCorrected"] as const) if (found[key] < 0.05) fired[key]++;
    }
    expectFivePercent(fired.pMid / 4_000, 4_000, 0.004);
    expect(fired.pExact / 4_000).toBeLessThan(0.055);
    expect(fired.pExact / 4_000).toBeGreaterThan(0.03);
    expect(fired.pCorrected / 4_000).toBeLessThan(0.055);
  });
});

describe("differences of proportions", () => {
  it("of two groups equal statsmodels' Newcombe interval", () => {
    type Case = { hits: number; n: number; otherHits: number; otherN: number; lower: number; upper: number };
    for (const { hits, n, otherHits, otherN, lower, upper } of vectors<Case>("newcombe")) {
      const found = newcombeDifference({ reference: { hits, n }, current: { hits: otherHits, n: otherN } })!;
      expectClose(found.interval.lower, lower, { floor: 1e-14 });
      expectClose(found.interval.upper, upper, { floor: 1e-14 });
    }
    expect(newcombeDifference({ reference: { hits: 0, n: 0 }, current: { hits: 1, n: 2 } })).toBeNull();
  });

  it("of two groups cover the truth 95 % of the time, with unequal sizes", () => {
    const random = seeded(52);
    const draw = (n: number, p: number) => ({ hits: multinomial(random, { n, p: [p, 1 - p] })[0]!, n });
    const missed = rate(RUNS, () => {
      const { lower, upper } = newcombeDifference({
        reference: draw(400, 0.3),
        current: draw(60, 0.2),
      })!.interval;
      return -0.1 < lower || -0.1 > upper;
    });
    expectFivePercent(missed, RUNS, 0.01);
  });

  it("of two models on the same rows cover the truth 95 % of the time", () => {
    const random = seeded(53);
    for (const [n, slack] of [
      [60, 0.02],
      [1_000, 0.006],
    ] as const) {
      const missed = rate(RUNS, () => {
        const [b, c] = multinomial(random, { n, p: [0.08, 0.13, 0.79] });
        const { lower, upper } = pairedProportions({ onlyChampion: b!, onlyChallenger: c!, n })!.interval;
        return 0.05 < lower || 0.05 > upper;
      });
      expectFivePercent(missed, RUNS, slack);
    }
    expect(pairedProportions({ onlyChampion: 2, onlyChallenger: 9, n: 100 })!.difference).toBe(0.07);
    expect(pairedProportions({ onlyChampion: 0, onlyChallenger: 0, n: 0 })).toBeNull();
  });
});

describe("numbers of a regression", () => {
  type Case = {
    labels: number[];
    predictions: number[];
    other: number[];
    mape: number;
    mae: number;
    maeLower: number;
    maeUpper: number;
    difference: number;
    lower: number;
    upper: number;
    pValue: number;
  };

  it("equal scikit-learn's and scipy's, the paired difference of squared errors included", () => {
    for (const { labels, predictions, other, ...expected } of vectors<Case>("paired-regression")) {
      expectClose(meanAbsolutePercentage({ labels, predictions })!.mean, expected.mape);
      const errors = labels.map((label, i) => predictions[i]! - label);
      const bounds = meanAbsoluteInterval({
        n: labels.length,
        absolute: errors.reduce((sum, error) => sum + Math.abs(error), 0),
        squared: errors.reduce((sum, error) => sum + error * error, 0),
      })!;
      expectClose(bounds.lower, Math.max(0, expected.maeLower), { floor: 1e-12 });
      expectClose(bounds.upper, expected.maeUpper);
      const losses = (side: number[]) => side.map((value, i) => (value - labels[i]!) ** 2);
      const test = pairedMeans({ champion: losses(predictions), challenger: losses(other) })!;
      expectClose(test.difference, expected.difference);
      expectClose(test.interval!.lower, expected.lower);
      expectClose(test.interval!.upper, expected.upper);
      expectClose(test.pValue, expected.pValue);
    }
  });

  it("are not told where they say nothing", () => {
    expect(meanAbsolutePercentage({ labels: [0, 1], predictions: [1, 1] })).toBeNull();
    expect(meanAbsolutePercentage({ labels: [], predictions: [] })).toBeNull();
    expect(determinationInterval({ labels: [1, 1, 1], predictions: [1, 2, 3] })).toBeNull();
    expect(rootMeanSquareInterval({ n: 1, squared: 4, fourth: 16 })).toBeNull();
    expect(rootMeanSquareInterval({ n: 9, squared: 0, fourth: 0 })).toEqual({ lower: 0, upper: 0 });
    expect(pairedMeans({ champion: [], challenger: [] })).toBeNull();
    expect(pairedMeans({ champion: [1, 2], challenger: [1, 2] })).toMatchObject({ difference: 0, pValue: 1 });
    expect(() => pairedMeans({ champion: [1], challenger: [] })).toThrow(RangeError);
  });

  it("have intervals that leave the truth out in 5 % of samples", () => {
    const random = seeded(54);
    const missed = { rmse: 0, mae: 0, r2: 0 };
    const n = 200;
    for (let run = 0; run < RUNS; run++) {
      const labels = Float64Array.from({ length: n }, () => 2 * normal(random));
      const predictions = labels.map((label) => label + normal(random));
      const sums = { n, absolute: 0, squared: 0, fourth: 0 };
      labels.forEach((label, i) => {
        const error = predictions[i]! - label;
        sums.absolute += Math.abs(error);
        sums.squared += error ** 2;
        sums.fourth += error ** 4;
      });
      const out = (truth: number, { lower, upper }: { lower: number; upper: number }) =>
        truth < lower || truth > upper;
      if (out(1, rootMeanSquareInterval(sums)!)) missed.rmse++;
      if (out(Math.sqrt(2 / Math.PI), meanAbsoluteInterval(sums)!)) missed.mae++;
      if (out(0.75, determinationInterval({ labels, predictions })!)) missed.r2++;
    }
    expectFivePercent(missed.rmse / RUNS, RUNS, 0.01);
    expectFivePercent(missed.mae / RUNS, RUNS, 0.006);
    expectFivePercent(missed.r2 / RUNS, RUNS, 0.01);
  });

  it("fire 5 % of the time between two models that are equally good", () => {
    const random = seeded(55);
    const fired = rate(RUNS, () => {
      const shared = Float64Array.from({ length: 150 }, () => normal(random));
      const squared = () => shared.map((value) => (value + normal(random)) ** 2);
      return pairedMeans({ champion: squared(), challenger: squared() })!.pValue! < 0.05;
    });
    expectFivePercent(fired, RUNS, 0.008);
  });
});
