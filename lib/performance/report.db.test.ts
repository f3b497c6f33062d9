import { beforeAll, expect, test } from "vitest";
import { onEachStore, type TestStore } from "@/lib/db/testing";
import { Gate } from "@/lib/ingest/gate";
import { recordLabels } from "@/lib/ingest/labels";
import { recordPredictions } from "@/lib/ingest/predictions";
import { binaryScores } from "@/lib/stats/classification";
import { brier, logLoss } from "@/lib/stats/probability-losses";
import { regressionScores } from "@/lib/stats/regression";
import { rocAuc } from "@/lib/stats/roc-auc";
import { pseudoRandom } from "./compute.fixture";
import { reportPerformance } from "./report";
import type { PerformanceReport } from "./schema";

const NOW = Date.UTC(2026, 5, 1);
const START = Date.UTC(2026, 1, 1, 3, 20);
const ROWS = 900;
const DAY = 86_400_000;

type Row = { id: string; tsMs: number; prediction: string; score: number; truth: string; carrier: string };

const random = pseudoRandom(42);
const flights = Array.from({ length: ROWS }, (_, i): Row => {
  const score = random();
  return {
    id: `flight-${i}`,
    tsMs: START + Math.floor((i / ROWS) * 6 * DAY) + 7,
    prediction: score > 0.5 ? "late" : "on time",
    score,
    truth: random() < score ? "late" : "on time",
    carrier: i % 3 === 0 ? "AA" : "UA",
  };
});
/** Every tenth flight has no label, for good. */
const labelled = flights.filter((_, i) => i % 10 !== 0);

const prediction = (row: Row) => ({
  id: row.id,
  timestamp: new Date(row.tsMs).toISOString(),
  features: { distance: 100 + row.score },
  prediction: row.prediction,
  score: row.score,
  segment: { carrier: row.carrier },
});
const label = (row: Row, value = row.truth, atMs = row.tsMs + 3_600_000) => ({
  id: row.id,
  label: value,
  timestamp: new Date(atMs).toISOString(),
});
const wrong = (row: Row) => (row.truth === "late" ? "on time" : "late");

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const next = pseudoRandom(seed);
  return values
    .map((value) => ({ value, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

onEachStore("performance", (fresh) => {
  let store: TestStore;
  const log = async (model: string, rows: readonly Row[]) => {
    const gate = new Gate(store.db, { mostRows: 100_000, concurrency: 2 });
    for (let i = 0; i < rows.length; i += 500) {
      const batch = { model, version: "1", predictions: rows.slice(i, i + 500).map(prediction) };
      expect((await recordPredictions(gate, batch, { nowMs: NOW })).rejected).toEqual([]);
    }
  };
  const tell = async (model: string, labels: readonly unknown[]) => {
    const gate = new Gate(store.db, { mostRows: 100_000, concurrency: 2 });
    for (let i = 0; i < labels.length; i += 400) {
      const batch = { model, labels: labels.slice(i, i + 400) };
      expect((await recordLabels(gate, batch, { nowMs: NOW })).rejected).toEqual([]);
    }
  };
  const report = (model: string, request: object = {}) =>
    reportPerformance(store.db, { model, version: "1", bucket: "day", ...request }, { nowMs: NOW });
  /** Everything but what depends on the name, the clock and the order in which classes were met. */
  const numbers = ({ model: _, fresh_to: __, confusion, ...rest }: PerformanceReport) => ({
    ...rest,
    confusion: confusion?.counts.flat().sort((a, b) => a - b),
  });

  beforeAll(async () => {
    store = await fresh();
    await log("plain", flights);
    await tell(
      "plain",
      labelled.map((row) => label(row)),
    );
  });

  test("equals lib/stats on the raw rows", async () => {
    const found = await report("plain");
    expect(found).toMatchObject({
      task: "binary",
      positive_class: "late",
      primary: "auc",
      n: ROWS,
      labelled: labelled.length,
      coverage: labelled.length / ROWS,
      baseline: null,
    });
    const hits = binaryScores(
      labelled.map((row) => ({ actual: row.truth, predicted: row.prediction, count: 1 })),
      "late",
    )!;
    const labels = labelled.map((row) => row.truth === "late");
    const scores = labelled.map((row) => row.score);
    const raw = {
      accuracy: hits.accuracy,
      precision: hits.precision,
      recall: hits.recall,
      f1: hits.f1,
      log_loss: logLoss({ labels, scores })!,
      brier: brier({ labels, scores })!,
    };
    for (const [name, value] of Object.entries(raw)) {
      expect(Math.abs(found.metrics[name]! / value - 1), name).toBeLessThan(1e-9);
    }
    const auc = rocAuc({
      positive: scores.filter((_, i) => labels[i]),
      negative: scores.filter((_, i) => !labels[i]),
    })!;
    expect(Math.abs(found.metrics.auc! - auc)).toBeLessThanOrEqual(found.error_bounds.auc!);
    expect(found.error_bounds.auc!).toBeLessThan(0.005);
    expect(found.series.map((bucket) => bucket.n).reduce((a, b) => a + b)).toBe(ROWS);
    expect(found.label_mean).toBeCloseTo(hits.support / labelled.length, 12);
  });

  test("a label that was mistyped makes no third class, once it is corrected or of nobody", async () => {
    await log("mistyped", flights);
    await tell(
      "mistyped",
      labelled.map((row) => label(row)),
    );
    const before = numbers(await report("mistyped"));
    expect(before.task).toBe("binary");
    await tell("mistyped", [{ id: "nobody", label: "late " }]);
    expect(numbers(await report("mistyped"))).toEqual(before);
    const [first] = labelled;
    await tell("mistyped", [{ ...(label(first!) as object), label: "late  " }]);
    expect((await report("mistyped")).task).toBe("multiclass");
    await tell("mistyped", [label(first!)]);
    expect(numbers(await report("mistyped"))).toEqual(before);
  });

  test.each<[string, (model: string) => Promise<void>]>([
    [
      "before their predictions",
      async (model) => {
        await tell(
          model,
          labelled.map((row) => label(row)),
        );
        await log(model, flights);
      },
    ],
    [
      "three times, shuffled, with the predictions in between",
      async (model) => {
        await tell(
          model,
          shuffled(labelled, 1)
            .slice(0, 400)
            .map((row) => label(row)),
        );
        await log(model, shuffled(flights, 2));
        await tell(
          model,
          shuffled(labelled, 3).map((row) => label(row)),
        );
        await log(model, shuffled(flights, 4));
        await tell(
          model,
          shuffled(labelled, 5).map((row) => label(row)),
        );
      },
    ],
    [
      "wrong at first and corrected",
      async (model) => {
        await log(model, flights);
        await tell(
          model,
          labelled.map((row) => label(row, wrong(row), row.tsMs + 60_000)),
        );
        await tell(
          model,
          shuffled(labelled, 6).map((row) => label(row)),
        );
        // What is older than the label held is ignored.
        await tell(
          model,
          labelled.slice(0, 300).map((row) => label(row, wrong(row), row.tsMs + 120_000)),
        );
      },
    ],
    [
      "90 days late",
      async (model) => {
        await log(model, flights);
        await tell(
          model,
          shuffled(labelled, 7).map((row) => label(row, row.truth, row.tsMs + 90 * DAY)),
        );
      },
    ],
  ])("ends at the same digits when labels come %s", async (how, arrive) => {
    const model = how.replace(/\W+/g, "-");
    await arrive(model);
    for (const request of [{}, { bucket: "hour" }, { bucket: "week" }]) {
      expect(numbers(await report(model, request))).toEqual(numbers(await report("plain", request)));
    }
  });

  test("windows add up to the millisecond, from raw rows inside an hour", async () => {
    const cut = "2026-02-03T10:17:31.345Z";
    const [before, after, all] = await Promise.all([
      report("plain", { from: "2026-02-01T00:00:00Z", to: cut }),
      report("plain", { from: cut, to: "2026-02-08T00:00:00Z" }),
      report("plain", { from: "2026-02-01T00:00:00Z", to: "2026-02-08T00:00:00Z" }),
    ]);
    const expected = labelled.filter((row) => row.tsMs < Date.parse(cut));
    expect(before.labelled).toBe(expected.length);
    expect(before.n + after.n).toBe(all.n);
    expect(before.metrics.accuracy! * before.labelled + after.metrics.accuracy! * after.labelled).toBeCloseTo(
      all.metrics.accuracy! * all.labelled,
      9,
    );
    const scores = expected.map((row) => row.score);
    const labels = expected.map((row) => row.truth === "late");
    expect(Math.abs(before.metrics.log_loss! / logLoss({ labels, scores })! - 1)).toBeLessThan(1e-9);
  });

  test("a segment is measured from its raw rows", async () => {
    const cut = await report("plain", { segment: "carrier:AA" });
    const rows = labelled.filter((row) => row.carrier === "AA");
    expect(cut.n).toBe(flights.filter((row) => row.carrier === "AA").length);
    expect(cut.labelled).toBe(rows.length);
    expect(cut.metrics.accuracy).toBeCloseTo(
      rows.filter((row) => row.truth === row.prediction).length / rows.length,
      12,
    );
    expect((await report("plain", { segment: "carrier:ZZ" })).n).toBe(0);
    await expect(report("plain", { segment: "gate:A1" })).rejects.toThrow(/has no "gate".*carrier/);
    await expect(report("plain", { segment: "distance:3" })).rejects.toThrow(/is a number/);
  });

  test("labels still on their way make the newest buckets unripe, not low", async () => {
    await log("ripening", flights);
    const last = flights.at(-1)!.tsMs;
    await tell(
      "ripening",
      flights.filter((row) => row.tsMs < last - 1.5 * DAY).map((row) => label(row)),
    );
    const { series } = await report("ripening");
    expect(series.map((bucket) => bucket.ripe)).toEqual([true, true, true, true, false, false, false]);
    expect(series.at(-1)).toMatchObject({ labelled: 0, coverage: 0, metrics: { accuracy: null } });
  });

  test("a version without rows has an empty report, and an unknown one says what there is", async () => {
    await tell("labels-only", [label(flights[0]!)]);
    await expect(report("labels-only")).rejects.toMatchObject({ code: "not_found" });
    await expect(
      reportPerformance(store.db, { model: "plain", version: "7", bucket: "day" }),
    ).rejects.toThrow(/no version "7"; it has "1"/);
    const later = await report("plain", { from: "2027-01-01T00:00:00Z" });
    expect(later).toMatchObject({ n: 0, labelled: 0, coverage: null, label_mean: null });
    expect(Object.values(later.metrics).every((value) => value === null)).toBe(true);
  });

  test("regression keeps its digits where labels are large and alike", async () => {
    const gate = new Gate(store.db, { mostRows: 100_000, concurrency: 2 });
    const next = pseudoRandom(9);
    const rows = Array.from({ length: 400 }, (_, i) => {
      const value = 1_000_000 + next();
      return { id: `r${i}`, value, predicted: value + next() - 0.4, tsMs: START + i * 600_000 };
    });
    await recordPredictions(
      gate,
      {
        model: "price",
        version: "1",
        predictions: rows.map((row) => ({
          id: row.id,
          timestamp: new Date(row.tsMs).toISOString(),
          features: { x: 1 },
          prediction: row.predicted,
        })),
      },
      { nowMs: NOW },
    );
    await recordLabels(
      gate,
      { model: "price", labels: rows.map((row) => ({ id: row.id, label: row.value })) },
      { nowMs: NOW },
    );
    const found = await report("price");
    const raw = regressionScores({
      labels: rows.map((row) => row.value),
      predictions: rows.map((row) => row.predicted),
    })!;
    expect(found).toMatchObject({ task: "regression", primary: "rmse", confusion: null, calibration: null });
    for (const name of ["rmse", "mae", "r2"] as const) {
      expect(Math.abs(found.metrics[name]! / raw[name]! - 1), name).toBeLessThan(1e-9);
    }
  });
});
