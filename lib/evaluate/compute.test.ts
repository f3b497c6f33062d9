import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { normal, seeded } from "@/lib/stats/test-support";
import { computeEvaluation } from "./compute";
import type { EvaluationColumn, Outcomes } from "./input";
import { EvaluationReport } from "./schema";
import { rowsOfSlice } from "./slices";
import { atThreshold, cheapest, reportAt } from "./sweep";

type Curve = {
  labels: number[];
  scores: number[];
  auc: number;
  averagePrecision: number;
  logLoss: number;
  brier: number;
};
type Classes = { labels: number[]; scores: number[][]; logLoss: number; brier: number; macroAuc: number };

const cases = <T>(name: string): T[] =>
  JSON.parse(readFileSync(new URL(`../stats/vectors/${name}.vectors.json`, import.meta.url), "utf8")).cases;

const binary = (
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
): Extract<Outcomes, { task: "binary" }> => ({
  task: "binary",
  classes: ["on time", "late"],
  positive: 1,
  labels: Float64Array.from(labels),
  scores: Float64Array.from(scores),
});

/** Rows on which the model knows the truth but for noise, with features that have nothing to do with it. */
function drawn(n: number, seed: number, spoil: (i: number) => boolean = () => false) {
  const random = seeded(seed);
  const labels = Float64Array.from({ length: n }, () => (random() < 0.4 ? 1 : 0));
  const carrier = Int32Array.from({ length: n }, () => Math.floor(random() * 6) - 1);
  const distance = Float64Array.from({ length: n }, () => Math.round(random() * 3000));
  const scores = labels.map((label, i) => {
    const clean = 1 / (1 + Math.exp(-(2 * label - 1 + 1.2 * normal(random))));
    return spoil(i) ? 1 - clean : clean;
  });
  const columns: EvaluationColumn[] = [
    { kind: "categorical", name: "carrier", codes: carrier, dictionary: ["AA", "DL", "UA", "US", "WN"] },
    { kind: "numerical", name: "distance", values: distance },
  ];
  return { outcomes: binary(labels, scores), columns };
}

describe("computeEvaluation", () => {
  it("says of scores what scikit-learn says", async () => {
    for (const c of cases<Curve>("curves")) {
      const { metrics } = await computeEvaluation(binary(c.labels, c.scores));
      expect(metrics.auc!.value).toBeCloseTo(c.auc, 12);
      expect(metrics.average_precision!.value).toBeCloseTo(c.averagePrecision, 12);
      expect(metrics.log_loss!.value).toBeCloseTo(c.logLoss, 12);
      expect(metrics.brier!.value).toBeCloseTo(c.brier, 12);
    }
    for (const c of cases<Classes>("class-probabilities")) {
      const width = c.scores[0]!.length;
      const report = await computeEvaluation({
        task: "multiclass",
        classes: Array.from({ length: width }, (_, k) => `class ${k}`),
        labels: Float64Array.from(c.labels),
        scores: Float64Array.from(c.scores.flat()),
      });
      expect(report.metrics.macro_auc!.value).toBeCloseTo(c.macroAuc, 12);
      expect(report.metrics.log_loss!.value).toBeCloseTo(c.logLoss, 12);
      expect(report.metrics.brier!.value).toBeCloseTo(c.brier, 12);
      expect(report.metrics.macro_auc!.low!).toBeLessThan(c.macroAuc);
      expect(report.curves).toHaveLength(width);
      expect(EvaluationReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    }
  });

  it("counts by hand, and leaves out what is missing", async () => {
    const report = await computeEvaluation({
      ...binary([1, 1, 0, 0, Number.NaN, 1], [0.9, 0.4, 0.5, 0.1, 0.3, Number.NaN]),
    });
    expect(report).toMatchObject({
      n: 4,
      n_missing_label: 1,
      n_missing_prediction: 1,
      positive_class: "late",
    });
    expect(report.confusion!.counts).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(report.metrics).toMatchObject({
      accuracy: { value: 0.5 },
      auc: { value: 0.75 },
      f1: { value: 0.5 },
    });
    expect(report.worst_rows.map(({ row }) => row)).toEqual([1, 2]);
    expect(report.worst_rows[0]).toMatchObject({ label: "late", prediction: "on time", score: 0.4 });
  });

  it("gives classes that a model without scores says the metrics they allow", async () => {
    const report = await computeEvaluation({
      ...binary([1, 0, 0], []),
      scores: null,
      predictions: Float64Array.of(1, 1, 0),
    });
    expect(report.metrics.accuracy!.value).toBeCloseTo(2 / 3);
    expect(report.metrics.auc!.value).toBeNull();
    expect(report.curves).toBeUndefined();
  });

  it("turns with the positive class", async () => {
    const { outcomes } = drawn(500, 1);
    const turned: Outcomes = { ...outcomes, positive: 0, scores: outcomes.scores!.map((score) => 1 - score) };
    const [own, other] = [await computeEvaluation(outcomes), await computeEvaluation(turned)];
    expect(other.metrics.auc!.value).toBeCloseTo(own.metrics.auc!.value!, 12);
    expect(other.metrics.recall!.value).toBeCloseTo(own.metrics.specificity!.value!, 12);
    expect(other.metrics.log_loss!.value).toBeCloseTo(own.metrics.log_loss!.value!, 9);
  });

  it("describes a regression", async () => {
    const random = seeded(3);
    const labels = Float64Array.from({ length: 2_000 }, () => 50 + 10 * normal(random));
    const predictions = labels.map((label) => label + 1 + 3 * normal(random));
    const report = await computeEvaluation({ task: "regression", labels, predictions });
    const { metrics, residuals } = report;
    for (const [name, truth] of Object.entries({ rmse: Math.sqrt(10), mean_error: 1, r2: 0.9 })) {
      expect(metrics[name]!.low!).toBeLessThan(truth);
      expect(metrics[name]!.high!).toBeGreaterThan(truth);
    }
    expect(residuals!.histogram.counts.reduce((sum, count) => sum + count)).toBe(2_000);
    expect(residuals!.bands).toHaveLength(10);
    expect(residuals!.bands.reduce((sum, band) => sum + band.n, 0)).toBe(2_000);
    expect(report.worst_rows[0]!.loss).toBe(
      Math.max(...labels.map((label, i) => Math.abs(predictions[i]! - label))),
    );
    expect(EvaluationReport.parse(report)).toEqual(report);
  });

  it("refuses what it cannot measure, naming row and remedy", async () => {
    const wrong: [Outcomes, RegExp][] = [
      [binary([1], [0.1, 0.2]), /2 scores for 1 labels/],
      [binary([1, 0], [0.1, 1.2]), /row 2 has the score 1.2: .*logits/],
      [binary([Number.NaN], [0.5]), /none of the 1 rows has both/],
      [binary([2], [0.5]), /row 1 is of class number 2/],
      [{ ...binary([1], []), scores: null }, /neither scores nor predictions/],
      [{ ...binary([1], [0.5]), classes: ["a", "b", "c"] }, /3 classes for a binary model/],
      [{ task: "regression", labels: Float64Array.of(1), predictions: Float64Array.of(Infinity) }, /finite/],
    ];
    for (const [outcomes, message] of wrong)
      await expect(computeEvaluation(outcomes)).rejects.toThrow(message);
    await expect(
      computeEvaluation(binary([1, 0], [0.1, 0.2]), { columns: [], fairness: [{ feature: "sex" }] }),
    ).rejects.toThrow(/no column "sex"/);
  });

  it("tells how far it is, and stops when it is told to", async () => {
    const { outcomes, columns } = drawn(5_000, 2);
    const seen: number[] = [];
    await computeEvaluation(outcomes, { columns, onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    const controller = new AbortController();
    const stopped = computeEvaluation(outcomes, {
      columns,
      signal: controller.signal,
      onProgress: (done) => done > 0.3 && controller.abort(new Error("stopped by hand")),
    });
    await expect(stopped).rejects.toThrow("stopped by hand");
  });
});

describe("slices", () => {
  it("put the one in which the model was spoilt on top, and nothing else stands out", async () => {
    const n = 20_000;
    const base = drawn(n, 7);
    const carrier = base.columns[0] as Extract<EvaluationColumn, { kind: "categorical" }>;
    const distance = base.columns[1] as Extract<EvaluationColumn, { kind: "numerical" }>;
    const spoilt = drawn(n, 7, (i) => carrier.codes[i] === 2 && distance.values[i]! >= 2_400);
    const report = await computeEvaluation(spoilt.outcomes, { columns: spoilt.columns });
    const [worst] = report.slices;
    expect(worst!.slice.map(({ feature, value }) => `${feature}=${value}`).join(" ")).toMatch(
      /^carrier=UA distance=\[22\d\d, 3000\]$/,
    );
    expect(worst!.gap!.low).toBeGreaterThan(0.1);
    expect(worst!.gap!.q_value).toBeLessThan(1e-9);
    const marks = rowsOfSlice(spoilt.columns, worst!.slice);
    expect(marks.reduce((sum, mark) => sum + mark, 0)).toBe(worst!.n);
    const own = await computeEvaluation(spoilt.outcomes, { rows: marks });
    expect(own.n).toBe(worst!.n);
    expect(own.metrics.accuracy).toEqual(worst!.metrics.accuracy);
    expect(own.metrics.f1).toEqual(worst!.metrics.f1);
  });

  it("are written as times where a column holds them", async () => {
    const { outcomes } = drawn(2_000, 3);
    const from = Date.UTC(2001, 5, 1);
    const every = (ms: number) => ({
      kind: "numerical" as const,
      name: "at",
      values: outcomes.labels.map((_, i) => (i % 50 === 0 ? Number.NaN : from + i * ms)),
      time: true,
    });
    const valuesOf = async (ms: number) => {
      const { slices } = await computeEvaluation(outcomes, {
        columns: [every(ms)],
        slices: { minimumN: 10 },
      });
      return slices.map(({ slice }) => slice[0]!.value).sort();
    };
    const hours = await valuesOf(3_600_000);
    expect(hours[0]).toBe("[2001-06-01, 2001-06-21)");
    expect(hours.slice(1, 4).join()).toMatch(/^\[2001-06-21, .*2001-08-23\]$/);
    expect((await valuesOf(1000))[0]).toMatch(/^\[2001-06-01T00:00, 2001-06-01T00:08\)$/);
    expect((await valuesOf(1))[0]).toBe("[2001-06-01T00:00:00.001Z, 2001-06-01T00:00:00.500Z)");
    const column = every(1000);
    const { slices } = await computeEvaluation(outcomes, { columns: [column] });
    for (const { slice, n } of slices) {
      expect(rowsOfSlice([column], slice).reduce((sum, mark) => sum + mark, 0)).toBe(n);
    }
  });

  it("of one feature and of two have the area and the log loss of their own rows", async () => {
    const { outcomes, columns } = drawn(3_000, 9);
    const coarse = { ...outcomes, scores: outcomes.scores!.map((score) => Math.round(score * 20) / 20) };
    const { slices, slice_search } = await computeEvaluation(coarse, { columns, slices: { depth: 2 } });
    expect(slice_search).toMatchObject({ depth: 2, features: ["carrier", "distance"] });
    expect(slices.filter(({ slice }) => slice.length === 1)).toHaveLength(6 + 4);
    expect(slices.filter(({ slice }) => slice.length === 2).length).toBeGreaterThan(10);
    expect(slices.some(({ slice }) => slice[0]!.value === null)).toBe(true);
    for (const { slice, metrics, n } of slices) {
      const own = await computeEvaluation(coarse, { rows: rowsOfSlice(columns, slice) });
      expect(own.n).toBe(n);
      for (const name of ["auc", "log_loss", "precision", "specificity"]) {
        for (const bound of ["value", "low", "high"] as const) {
          expect(metrics[name]![bound]!).toBeCloseTo(own.metrics[name]![bound]!, 10);
        }
      }
    }
  });

  it("of noise stand out in one of twenty evaluations", async () => {
    const runs = 120;
    let [bounds, rates] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const { outcomes, columns } = drawn(800, 1_000 + run);
      const { slices } = await computeEvaluation(outcomes, { columns, slices: { minimumN: 30 } });
      if (slices.some(({ gap }) => gap!.low > 0)) bounds++;
      if (slices.some(({ gap }) => gap!.q_value < 0.05)) rates++;
    }
    expect(bounds / runs).toBeLessThan(0.1);
    expect(rates / runs).toBeLessThan(0.11);
  }, 30_000);

  it("are found in a regression, and names and values that are too many are left out", async () => {
    const n = 4_000;
    const random = seeded(11);
    const labels = Float64Array.from({ length: n }, () => normal(random));
    const month = Float64Array.from({ length: n }, (_, i) => 1 + (i % 6));
    const predictions = labels.map((label, i) => label + normal(random) * (month[i] === 3 ? 2 : 1));
    const ids = Int32Array.from({ length: n }, (_, i) => i);
    const columns: EvaluationColumn[] = [
      { kind: "numerical", name: "month", values: month },
      { kind: "categorical", name: "id", codes: ids, dictionary: Array.from(ids, String) },
    ];
    const report = await computeEvaluation({ task: "regression", labels, predictions }, { columns });
    expect(report.slices[0]).toMatchObject({ slice: [{ feature: "month", value: "3", low: 3, high: 3 }] });
    expect(report.slices[0]!.metrics.rmse!.value).toBeCloseTo(2, 0);
    expect(report.slice_search).toMatchObject({
      left_out: ["id"],
      of: "squared_error",
      searched: 6,
      too_small: n,
    });
  });
});

describe("fairness", () => {
  it("gives each group's rates and their differences from the reference, by hand", async () => {
    const group = (code: number, rows: [label: number, score: number, times: number][]) =>
      rows.flatMap(([label, score, times]) => Array.from({ length: times }, () => ({ code, label, score })));
    const rows = [
      ...group(0, [
        [1, 0.9, 30],
        [1, 0.1, 10],
        [0, 0.9, 10],
        [0, 0.1, 50],
      ]),
      ...group(1, [
        [1, 0.9, 10],
        [1, 0.1, 10],
        [0, 0.9, 2],
        [0, 0.1, 18],
      ]),
    ];
    const columns: EvaluationColumn[] = [
      {
        kind: "categorical",
        name: "sex",
        codes: Int32Array.from(rows, ({ code }) => code),
        dictionary: ["m", "f"],
      },
    ];
    const outcomes = binary(
      rows.map(({ label }) => label),
      rows.map(({ score }) => score),
    );
    const [own] = (await computeEvaluation(outcomes, { columns, fairness: [{ feature: "sex" }] })).fairness!;
    expect(own).toMatchObject({ feature: "sex", reference: "m", positive_class: "late" });
    expect(own!.groups[0]).toMatchObject({ value: "m", n: 100, positives: 40, differences: null });
    expect(own!.groups[0]!.rates).toMatchObject({
      selection_rate: { value: 0.4 },
      true_positive_rate: { value: 0.75 },
    });
    const { differences } = own!.groups[1]!;
    expect(differences!.selection_rate.value).toBeCloseTo(-0.1, 12);
    expect(differences!.true_positive_rate.value).toBeCloseTo(-0.25, 12);
    expect(differences!.false_positive_rate.value).toBeCloseTo(0.1 - 10 / 60, 12);
    const [turned] = (
      await computeEvaluation(outcomes, { columns, fairness: [{ feature: "sex", reference: "f" }] })
    ).fairness!;
    expect(turned!.groups[0]!.differences!.selection_rate.value).toBeCloseTo(0.1, 12);
  });
});

describe("the threshold", () => {
  it("moves every number as a new evaluation at that threshold would", async () => {
    const { outcomes } = drawn(6_000, 21);
    const { curves } = await computeEvaluation(outcomes);
    expect(curves![0]!.thresholds.length).toBeLessThanOrEqual(2_000);
    const report = await computeEvaluation(outcomes);
    for (const threshold of [0.05, 0.31, 0.5, 0.9]) {
      const cut = atThreshold(curves![0]!, threshold, { falsePositive: 1, falseNegative: 5 });
      const moved = await computeEvaluation({ ...outcomes, threshold: cut.threshold });
      const { metrics, confusion } = moved;
      const shown = reportAt(report, cut);
      expect(shown.metrics).toEqual(metrics);
      expect(shown.per_class).toEqual(moved.per_class);
      expect(confusion!.counts).toEqual([
        [cut.trueNegatives, cut.falsePositives],
        [cut.falseNegatives, cut.truePositives],
      ]);
      expect(cut.precision).toBeCloseTo(metrics.precision!.value!, 12);
      expect(cut.f1).toBeCloseTo(metrics.f1!.value!, 12);
      expect(cut.selectionRate).toBeCloseTo(metrics.selection_rate!.value!, 12);
      expect(cut.cost).toBe(cut.falsePositives + 5 * cut.falseNegatives);
      expect(Math.abs(cut.threshold - threshold)).toBeLessThan(0.01);
    }
    // the report's own threshold is exact however many scores there are
    const own = atThreshold(curves![0]!, 0.5, { falsePositive: 1, falseNegative: 1 });
    const { confusion } = await computeEvaluation(outcomes);
    expect(own.truePositives).toBe(confusion!.counts[1]![1]);
  });

  it("costs least where no other cut costs less, and may let nothing through", () => {
    const estimate = { value: null, low: null, high: null };
    const curve = {
      class: "late",
      positives: 2,
      negatives: 2,
      thresholds: [0.9, 0.5, 0.2],
      true_positives: [1, 2, 2],
      false_positives: [0, 1, 2],
      auc: estimate,
      average_precision: estimate,
    };
    expect(cheapest(curve, { falsePositive: 1, falseNegative: 5 })).toMatchObject({
      threshold: 0.5,
      cost: 1,
    });
    expect(cheapest(curve, { falsePositive: 9, falseNegative: 1 })).toMatchObject({
      threshold: 0.9,
      cost: 1,
    });
    expect(cheapest(curve, { falsePositive: 0, falseNegative: 0 }).threshold).toBe(Number.POSITIVE_INFINITY);
    expect(atThreshold(curve, 0.95, { falsePositive: 1, falseNegative: 1 })).toMatchObject({
      recall: 0,
      precision: null,
    });
    expect(atThreshold(curve, 0.5, { falsePositive: 1, falseNegative: 1 }).threshold).toBe(0.5);
  });
});
