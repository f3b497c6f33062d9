import { describe, expect, it } from "vitest";
import { brier, logLoss } from "@/lib/stats/probability-losses";
import { regressionScores } from "@/lib/stats/regression";
import { rocAuc } from "@/lib/stats/roc-auc";
import { measure } from "./compute";
import { type Logged, outcomesOf, pseudoRandom } from "./compute.fixture";
import { NO_OUTCOMES } from "./outcome";

const LATE = 1;
const ON_TIME = 2;

describe("binary metrics from sums", () => {
  it("is hand arithmetic on ten rows", () => {
    // 3 late found, 1 late missed, 2 false alarms, 4 rightly on time
    const rows: Logged[] = [
      ...Array<Logged>(3).fill({ actual: LATE, predicted: LATE }),
      { actual: LATE, predicted: ON_TIME },
      ...Array<Logged>(2).fill({ actual: ON_TIME, predicted: LATE }),
      ...Array<Logged>(4).fill({ actual: ON_TIME, predicted: ON_TIME }),
    ];
    const { n, metrics, labelMean } = measure({ task: "binary", positive: LATE }, outcomesOf(rows));
    expect(n).toBe(10);
    expect(metrics.accuracy).toBeCloseTo(0.7, 15);
    expect(metrics.precision).toBeCloseTo(3 / 5, 15);
    expect(metrics.recall).toBeCloseTo(3 / 4, 15);
    expect(metrics.f1).toBeCloseTo(2 / 3, 15);
    expect(labelMean).toBeCloseTo(0.4, 15);
    expect(metrics).toMatchObject({ auc: null, log_loss: null, brier: null });
  });

  it("equals lib/stats on the raw scores, and holds the true AUC within its bound", () => {
    const random = pseudoRandom(7);
    for (const rows of [60, 5_000]) {
      const logged = Array.from({ length: rows }, (): Logged => {
        const score = random() ** 2;
        return { actual: random() < score ? LATE : ON_TIME, predicted: score > 0.5 ? LATE : ON_TIME, score };
      });
      const { metrics, errorBounds } = measure({ task: "binary", positive: LATE }, outcomesOf(logged));
      const labels = logged.map((row) => "actual" in row && row.actual === LATE);
      const scores = logged.map((row) => ("score" in row ? row.score! : Number.NaN));
      expect(metrics.log_loss).toBeCloseTo(logLoss({ labels, scores })!, 12);
      expect(metrics.brier).toBeCloseTo(brier({ labels, scores })!, 12);
      const auc = rocAuc({
        positive: scores.filter((_, i) => labels[i]),
        negative: scores.filter((_, i) => !labels[i]),
      })!;
      expect(Math.abs(metrics.auc! - auc)).toBeLessThanOrEqual(errorBounds.auc! + 1e-12);
      expect(errorBounds.auc!).toBeLessThan(0.01);
    }
  });

  it("gives nulls without a label, zeros for 0/0, and no AUC of one class alone", () => {
    const empty = measure({ task: "binary", positive: LATE }, NO_OUTCOMES);
    expect(empty.n).toBe(0);
    expect(Object.values(empty.metrics).every((value) => value === null)).toBe(true);
    const onlyOnTime = measure(
      { task: "binary", positive: LATE },
      outcomesOf([{ actual: ON_TIME, predicted: ON_TIME, score: 0.2 }]),
    );
    expect(onlyOnTime.metrics).toMatchObject({ accuracy: 1, precision: 0, recall: 0, f1: 0, auc: null });
    expect(onlyOnTime.metrics.brier).toBeCloseTo(0.04, 15);
  });
});

it("averages several classes without weights", () => {
  const rows: Logged[] = [
    { actual: 1, predicted: 1, labelScore: 0.5 },
    { actual: 2, predicted: 2, labelScore: 0.25 },
    { actual: 3, predicted: 1 },
  ];
  const { metrics } = measure({ task: "multiclass" }, outcomesOf(rows));
  expect(metrics.accuracy).toBeCloseTo(2 / 3, 15);
  // precision 1/2, 1, 0; recall 1, 1, 0
  expect(metrics.macro_precision).toBeCloseTo(0.5, 15);
  expect(metrics.macro_recall).toBeCloseTo(2 / 3, 15);
  expect(metrics.log_loss).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 15);
});

describe("regression", () => {
  it("equals lib/stats on raw rows", () => {
    const random = pseudoRandom(3);
    const labels = Array.from({ length: 400 }, () => random() * 100);
    const predictions = labels.map((label) => label + random() * 10 - 5);
    const raw = regressionScores({ labels, predictions })!;
    const { metrics, labelMean } = measure(
      { task: "regression" },
      outcomesOf(labels.map((label, i) => ({ label, prediction: predictions[i]! }))),
    );
    expect(metrics.rmse! / raw.rmse).toBeCloseTo(1, 12);
    expect(metrics.mae! / raw.mae).toBeCloseTo(1, 12);
    expect(metrics.r2! / raw.r2!).toBeCloseTo(1, 10);
    expect(labelMean).toBeCloseTo(labels.reduce((a, b) => a + b) / 400, 10);
  });

  it("declares R² where labels are all alike, and for one row", () => {
    const of = (rows: Logged[]) => measure({ task: "regression" }, outcomesOf(rows)).metrics.r2;
    expect(
      of([
        { label: 2, prediction: 2 },
        { label: 2, prediction: 2 },
      ]),
    ).toBe(1);
    expect(
      of([
        { label: 2, prediction: 3 },
        { label: 2, prediction: 2 },
      ]),
    ).toBe(0);
    expect(of([{ label: 2, prediction: 3 }])).toBeNull();
  });
});
