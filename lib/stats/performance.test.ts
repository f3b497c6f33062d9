import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binaryScores, classificationScores } from "./classification";
import { brier, brierFromSums, logLoss, logLossFromSums, logTerms, scoreSums } from "./probability-losses";
import { regressionScores, regressionScoresFromSums, regressionSums } from "./regression";
import { expectClose, vectors } from "./test-support";

type Classes = {
  actual: string[];
  predicted: string[];
  accuracy: number;
  precision: number;
  recall: number;
  f1: number;
  positiveF1: number;
};
type Probabilities = { labels: number[]; scores: number[]; logLoss: number; brier: number };
type Regression = { labels: number[]; predictions: number[]; rmse: number; mae: number; r2: number };

describe("classification scores", () => {
  it("equal scikit-learn's, macro averages and empty classes included", () => {
    for (const { actual, predicted, ...expected } of vectors<Classes>("classification")) {
      const cells = actual.map((a, i) => ({ actual: a, predicted: predicted[i]!, count: 1 }));
      const scores = classificationScores(cells)!;
      expectClose(scores.accuracy, expected.accuracy, { floor: 1e-15 });
      expectClose(scores.macro.precision, expected.precision, { floor: 1e-15 });
      expectClose(scores.macro.recall, expected.recall, { floor: 1e-15 });
      expectClose(scores.macro.f1, expected.f1, { floor: 1e-15 });
      expectClose(binaryScores(cells, "a")!.f1, expected.positiveF1, { floor: 1e-15 });
    }
  });

  it("follow by hand: 3 hits, 1 miss, 2 false alarms, 4 true negatives", () => {
    const cell = (actual: string, predicted: string, count: number) => ({ actual, predicted, count });
    const cells = [cell("y", "y", 3), cell("y", "n", 1), cell("n", "y", 2), cell("n", "n", 4)];
    expect(binaryScores(cells, "y")).toEqual({
      n: 10,
      accuracy: 7 / 10,
      precision: 3 / 5,
      recall: 3 / 4,
      f1: 6 / 9,
      support: 4,
      predicted: 5,
    });
    expect(classificationScores([...cells].reverse())).toMatchObject({ n: 10, accuracy: 0.7 });
  });

  it("declare 0/0 to be 0, and measure nothing without a row", () => {
    const onlyOthers = [{ actual: "n", predicted: "n", count: 5 }];
    expect(binaryScores(onlyOthers, "y")).toMatchObject({ precision: 0, recall: 0, f1: 0, accuracy: 1 });
    expect(binaryScores(onlyOthers, "constructor")).toMatchObject({ f1: 0 });
    expect(classificationScores([])).toBeNull();
    expect(classificationScores([{ actual: "y", predicted: "y", count: 0 }])).toBeNull();
    expect(binaryScores([], "y")).toBeNull();
  });
});

describe("losses of a probability", () => {
  it("equal scikit-learn's, from rows and from sums", () => {
    for (const { labels, scores, ...expected } of vectors<Probabilities>("probabilities")) {
      expectClose(logLoss({ labels, scores }), expected.logLoss);
      expectClose(brier({ labels, scores }), expected.brier);
      const sums = {
        positive: scoreSums(scores.filter((_, i) => labels[i] === 1)),
        negative: scoreSums(scores.filter((_, i) => labels[i] === 0)),
      };
      expectClose(logLossFromSums(sums), expected.logLoss);
      expectClose(brierFromSums(sums), expected.brier);
    }
  });

  it("follow by hand, and stay finite for a sure miss", () => {
    expectClose(logLoss({ labels: [1, 0], scores: [0.5, 0.75] }), (Math.LN2 + Math.log(4)) / 2);
    expectClose(brier({ labels: [true, false], scores: [0.9, 0.2] }), (0.01 + 0.04) / 2);
    expectClose(logLoss({ labels: [1], scores: [0] }), 52 * Math.LN2);
    expect(logTerms(1).logOneMinusScore).toBeCloseTo(-52 * Math.LN2, 12);
  });

  it("measure nothing without a row, and want a score a label", () => {
    expect(logLoss({ labels: [], scores: [] })).toBeNull();
    expect(brier({ labels: [], scores: [] })).toBeNull();
    const none = { positive: scoreSums([]), negative: scoreSums([]) };
    expect(logLossFromSums(none)).toBeNull();
    expect(brierFromSums(none)).toBeNull();
    expect(() => brier({ labels: [1], scores: [] })).toThrow(RangeError);
  });
});

describe("regression scores", () => {
  it("equal scikit-learn's, from rows and from sums", () => {
    for (const { labels, predictions, ...expected } of vectors<Regression>("regression")) {
      for (const scores of [
        regressionScores({ labels, predictions })!,
        regressionScoresFromSums(regressionSums({ labels, predictions }))!,
      ]) {
        expectClose(scores.rmse, expected.rmse);
        expectClose(scores.mae, expected.mae);
        expectClose(scores.r2, expected.r2);
      }
    }
  });

  it("follow by hand, and declare what has no spread", () => {
    const scores = regressionScores({ labels: [1, 2, 3], predictions: [1, 2, 4] })!;
    expectClose(scores.rmse, Math.sqrt(1 / 3));
    expectClose(scores.r2, 0.5);
    expect(regressionScores({ labels: [], predictions: [] })).toBeNull();
    expect(regressionScores({ labels: [4], predictions: [4] })!.r2).toBeNull();
    expect(regressionScores({ labels: [0.1, 0.1, 0.1], predictions: [0.1, 0.1, 0.1] })!.r2).toBe(1);
    const flat = regressionSums({ labels: [0.1, 0.1, 0.1], predictions: [0.1, 0.1, 0.2] });
    expect(regressionScoresFromSums(flat)!.r2).toBe(0);
    expect(() => regressionScores({ labels: [1], predictions: [] })).toThrow(RangeError);
  });

  it("do not mind the order of the rows, and add up", () => {
    const row = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 30 }), (rows) => {
        const sides = (list: [number, number][]) => ({
          labels: list.map(([label]) => label),
          predictions: list.map(([, prediction]) => prediction),
        });
        const all = regressionSums(sides(rows));
        const first = regressionSums(sides(rows.slice(0, 5)));
        const rest = regressionSums(sides(rows.slice(5)));
        for (const key of Object.keys(all) as (keyof typeof all)[])
          expect(first[key] + rest[key]).toBe(all[key]);
        expect(regressionSums(sides([...rows].reverse()))).toEqual(all);
      }),
    );
  });
});
