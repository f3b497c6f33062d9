import { expect, test } from "vitest";
import { onEachStore } from "@/lib/db/testing";
import { recordLabels } from "@/lib/ingest/labels";
import { recordPredictions } from "@/lib/ingest/predictions";
import { makeGate } from "@/lib/ingest/testing";
import { reportPerformance } from "./report";

const NOW = Date.UTC(2026, 5, 1);
const TIME = "2026-03-01T12:00:00Z";

onEachStore("extreme outcomes", (fresh) => {
  test("numbers whose squares no double holds are refused, and tiny ones fail no report", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const at = { model: "m", version: "1" };
    const predictions = [1, 1e-200, 1e150, -1.7e308].map((prediction, i) => ({
      id: `${i}`,
      timestamp: TIME,
      prediction,
    }));
    const { accepted, rejected } = await recordPredictions(gate, { ...at, predictions }, { nowMs: NOW });
    expect(accepted).toBe(3);
    expect(rejected).toEqual([
      {
        index: 3,
        id: "3",
        error: "prediction: -1.7e+308 is out of range; errors are squared, so at most 1e+150 is kept",
      },
    ]);
    const labels = [1, 0, -1e150, 1.7e308].map((label, i) => ({ id: `${i}`, label, timestamp: TIME }));
    const receipt = await recordLabels(gate, { model: "m", labels }, { nowMs: NOW });
    expect(receipt.rejected).toEqual([
      {
        index: 3,
        id: "3",
        error: "label: 1.7e+308 is out of range; errors are squared, so at most 1e+150 is kept",
      },
    ]);
    const report = await reportPerformance(db, at, { nowMs: NOW });
    expect(report).toMatchObject({ n: 3, labelled: 3 });
    expect(report.metrics.mae).toBeCloseTo(2e150 / 3, -145);
  });

  test("a score too small to be squared takes its label, and counts as 0", async () => {
    const { db } = await fresh();
    const gate = makeGate(db);
    const predictions = [1e-200, 5e-324, 0.75].map((score, i) => ({
      id: `${i}`,
      timestamp: TIME,
      prediction: score > 0.5 ? "yes" : "no",
      score,
    }));
    await recordPredictions(gate, { model: "m", version: "1", predictions }, { nowMs: NOW });
    const labels = ["no", "no", "yes"].map((label, i) => ({ id: `${i}`, label, timestamp: TIME }));
    expect(await recordLabels(gate, { model: "m", labels }, { nowMs: NOW })).toEqual({
      accepted: 3,
      unmatched: 0,
      rejected: [],
    });
    const report = await reportPerformance(db, { model: "m", version: "1" }, { nowMs: NOW });
    // Only the last one is off, by a quarter.
    expect(report.metrics.brier).toBeCloseTo(0.25 ** 2 / 3, 12);
  });
});
