import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  averagedScore,
  averageInterval,
  balancedAccuracy,
  balancedAccuracyInterval,
  type Confusion,
  type ConfusionMetric,
  classScore,
  matthewsCorrelation,
  matthewsInterval,
} from "./confusion-metrics";
import { f1Interval } from "./f1-interval";
import { pairedConfusion } from "./paired-confusion";
import { expectClose, expectFivePercent, multinomial, rate, seeded, vectors } from "./test-support";
import { wilsonInterval } from "./wilson-interval";

type Scores<T> = { precision: T; recall: T; f1: T };
type Case = {
  counts: number[][];
  macro: Scores<number>;
  weighted: Scores<number>;
  perClass: Scores<number[]>;
  balancedAccuracy: number;
  mcc: number;
  accuracy: { value: number; lower: number; upper: number };
};
const KINDS = ["precision", "recall", "f1"] as const;
const METRICS: ((counts: Confusion) => ConfusionMetric)[] = [
  ...KINDS.flatMap((kind) => [
    (counts: Confusion) => averagedScore(counts, kind, "macro"),
    (counts: Confusion) => averagedScore(counts, kind, "weighted"),
    (counts: Confusion) => classScore(counts, kind, 1),
  ]),
  balancedAccuracy,
  matthewsCorrelation,
];

describe("numbers of a confusion matrix", () => {
  it("equal scikit-learn's", () => {
    for (const { counts, ...expected } of vectors<Case>("confusion")) {
      for (const kind of KINDS) {
        expectClose(averagedScore(counts, kind, "macro").value, expected.macro[kind], { floor: 1e-15 });
        expectClose(averagedScore(counts, kind, "weighted").value, expected.weighted[kind], { floor: 1e-15 });
        counts.forEach((_, k) => {
          expectClose(classScore(counts, kind, k).value, expected.perClass[kind][k]!, { floor: 1e-15 });
        });
      }
      expectClose(balancedAccuracy(counts).value, expected.balancedAccuracy, { floor: 1e-15 });
      expectClose(matthewsCorrelation(counts).value, expected.mcc, { floor: 1e-12 });
    }
  });

  it("follow by hand: 3 hits, 1 miss, 2 false alarms, 4 true negatives", () => {
    const counts = [
      [4, 2],
      [1, 3],
    ];
    expectClose(classScore(counts, "f1", 1).value, 6 / 9);
    expectClose(balancedAccuracy(counts).value, (4 / 6 + 3 / 4) / 2);
    expectClose(matthewsCorrelation(counts).value, (3 * 4 - 2 * 1) / Math.sqrt(5 * 4 * 6 * 5));
    expect(
      matthewsCorrelation([
        [5, 0],
        [3, 0],
      ]).value,
    ).toBe(0);
    expect(
      matthewsInterval([
        [5, 0],
        [3, 0],
      ]),
    ).toBeNull();
    expect(
      balancedAccuracyInterval([
        [0, 0],
        [0, 0],
      ]),
    ).toBeNull();
    expect(
      matthewsInterval([
        [50, 0],
        [0, 50],
      ])!.upper,
    ).toBe(1);
  });

  it("change with a cell as their slopes say", () => {
    const random = seeded(5);
    for (let trial = 0; trial < 20; trial++) {
      const counts = [0, 1, 2].map(() => [0, 1, 2].map(() => 5 + Math.floor(random() * 40)));
      for (const metric of METRICS) {
        const { slope } = metric(counts);
        for (const [i, j] of [
          [0, 0],
          [1, 1],
          [1, 2],
          [0, 1],
          [2, 0],
        ] as const) {
          const moved = (by: number) =>
            metric(counts.map((row, a) => row.map((count, p) => count + (a === i && p === j ? by : 0))))
              .value;
          expectClose(slope(i, j), (moved(1e-4) - moved(-1e-4)) / 2e-4, { relative: 1e-5, floor: 1e-9 });
        }
      }
    }
  });

  it("do not change when every count is doubled", () => {
    const cell = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 9, maxLength: 9 }), (cells) => {
        const counts = [cells.slice(0, 3), cells.slice(3, 6), cells.slice(6)];
        for (const metric of METRICS) {
          const doubled = metric(counts.map((row) => row.map((count) => 2 * count))).value;
          expectClose(doubled, metric(counts).value, { floor: 1e-12 });
        }
      }),
    );
  });
});

/** A true matrix of shares, the truth of a number, and how often the interval of a drawn matrix leaves it out. */
const SHARES = [0.3, 0.06, 0.04, 0.05, 0.2, 0.05, 0.03, 0.07, 0.2];
const square = (cells: readonly number[]) => [cells.slice(0, 3), cells.slice(3, 6), cells.slice(6)];
const RUNS = 2_000;

describe("intervals of numbers of a confusion matrix", () => {
  const misses = (
    n: number,
    value: (counts: number[][]) => number,
    interval: (counts: number[][]) => { lower: number; upper: number } | null,
  ) => {
    const random = seeded(n + 1);
    const truth = value(square(SHARES));
    return rate(RUNS, () => {
      const bounds = interval(square(multinomial(random, { n, p: SHARES })))!;
      return truth < bounds.lower || truth > bounds.upper;
    });
  };

  it("leave the truth out in 5 % of samples", () => {
    const macro = (counts: number[][]) => averagedScore(counts, "f1", "macro");
    const weighted = (counts: number[][]) => averagedScore(counts, "precision", "weighted");
    for (const n of [150, 1_000]) {
      const slack = n === 150 ? 0.012 : 0.006;
      expectFivePercent(
        misses(
          n,
          (c) => macro(c).value,
          (c) => averageInterval(c, macro(c)),
        ),
        RUNS,
        slack,
      );
      expectFivePercent(
        misses(
          n,
          (c) => weighted(c).value,
          (c) => averageInterval(c, weighted(c)),
        ),
        RUNS,
        slack,
      );
      expectFivePercent(
        misses(n, (c) => matthewsCorrelation(c).value, matthewsInterval),
        RUNS,
        slack,
      );
      expectFivePercent(
        misses(n, (c) => balancedAccuracy(c).value, balancedAccuracyInterval),
        RUNS,
        slack,
      );
      const f1 = (c: number[][]) =>
        f1Interval({ hits: c[1]![1]!, falseAlarms: c[0]![1]! + c[2]![1]!, misses: c[1]![0]! + c[1]![2]! });
      expectFivePercent(
        misses(n, (c) => classScore(c, "f1", 1).value, f1),
        RUNS,
        slack,
      );
    }
  });

  it("of F1 follow Jaccard's share by hand, and need a positive", () => {
    const { lower } = wilsonInterval({ hits: 3, n: 6 })!;
    expectClose(f1Interval({ hits: 3, falseAlarms: 2, misses: 1 })!.lower, (2 * lower) / (1 + lower));
    expect(f1Interval({ hits: 0, falseAlarms: 0, misses: 0 })).toBeNull();
  });

  it("equal statsmodels' Wilson for accuracy", () => {
    for (const { counts, accuracy } of vectors<Case>("confusion")) {
      const n = counts.flat().reduce((sum, count) => sum + count, 0);
      const hits = counts.reduce((sum, row, k) => sum + row[k]!, 0);
      const bounds = wilsonInterval({ hits, n })!;
      expectClose(bounds.lower, accuracy.lower, { floor: 1e-15 });
      expectClose(bounds.upper, accuracy.upper);
    }
  });
});

describe("paired differences of numbers of confusion matrices", () => {
  it("fire 5 % of the time where both models err alike, and cover the truth", () => {
    const random = seeded(77);
    // label × champion × challenger, the two exchangeable
    const p = [0.3, 0.05, 0.05, 0.1, 0.1, 0.05, 0.05, 0.3];
    const fired = rate(RUNS, () => {
      const cells = multinomial(random, { n: 300, p }).map((count, i) => ({
        actual: i >> 2,
        champion: (i >> 1) & 1,
        challenger: i & 1,
        count,
      }));
      return pairedConfusion({ cells, classes: 2 }, (c) => classScore(c, "f1", 1)).pValue! < 0.05;
    });
    expectFivePercent(fired, RUNS, 0.006);
  });

  it("are nothing, surely, where the models say the same", () => {
    const cells = [
      { actual: 0, champion: 0, challenger: 0, count: 10 },
      { actual: 1, champion: 0, challenger: 0, count: 4 },
      { actual: 1, champion: 1, challenger: 1, count: 7 },
    ];
    const found = pairedConfusion({ cells, classes: 2 }, matthewsCorrelation);
    expect(found).toMatchObject({ difference: 0, interval: { lower: 0, upper: 0 }, pValue: 1 });
  });
});
