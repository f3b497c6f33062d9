import { expect, it } from "vitest";
import { chunkSpread } from "./baseline";
import { reportConcept } from "./concept";

const settings = { concept_chunk: 100, concept_window: 1000, concept_sensitivity: 2 };
const chunks = { size: 100, mean: 0.8, deviation: 0.04, n: 300 };

it("reports the textbook numbers of a drop", () => {
  const found = reportConcept("accuracy", { labelled: 20_000, mean: 0.7 }, chunks, settings);
  expect(found).toMatchObject({ status: "drift", drift_detected: true, chunks: 200 });
  expect(found.z_score).toBeCloseTo(-2.5, 12);
  expect(found.performance_drop).toBeCloseTo(12.5, 12);
  expect(found.message).toContain("worse");
});

it("collects data until there are 100 chunks, and says how many labels are missing", () => {
  const found = reportConcept("accuracy", { labelled: 4_321, mean: 0.7 }, chunks, settings);
  expect(found).toMatchObject({ status: "collecting", drift_detected: false, chunks: 43, z_score: null });
  expect(found.message).toMatch(/^Collecting data: 43 of 100 chunks .*5,679 more labels/);
});

it("wants no more chunks than its window holds", () => {
  const found = reportConcept("accuracy", { labelled: 1_000, mean: 0.8 }, chunks, {
    ...settings,
    concept_window: 10,
  });
  expect(found.status).toBe("stable");
});

it("counts a larger error as worse", () => {
  const found = reportConcept(
    "mae",
    { labelled: 20_000, mean: 13 },
    { size: 100, mean: 10, deviation: 1, n: 40 },
    settings,
  );
  expect(found).toMatchObject({ status: "drift", current_mean: 13, baseline_mean: 10 });
  expect(found.z_score).toBeCloseTo(-3, 12);
  expect(found.performance_drop).toBeCloseTo(30, 12);
});

it("has states of their own for no baseline and for a baseline without spread", () => {
  const recent = { labelled: 20_000, mean: 0.7 };
  expect(reportConcept("accuracy", recent, null, settings).status).toBe("no_baseline");
  const alike = reportConcept("accuracy", recent, { size: 100, mean: 1, deviation: 0, n: 9 }, settings);
  expect(alike).toMatchObject({ status: "no_baseline_spread", z_score: null });
  const tiny = reportConcept("accuracy", recent, chunkSpread([1, 0, 1], 100), settings);
  expect(tiny).toMatchObject({ status: "no_baseline_spread" });
  expect(tiny.message).toContain("0 full chunks of 100");
});

it("measures the baseline over full chunks only", () => {
  // means 0.5 and 1; the fifth value is no full chunk
  expect(chunkSpread([1, 0, 1, 1, 0], 2)).toEqual({ size: 2, mean: 0.75, deviation: Math.sqrt(0.125), n: 2 });
});
