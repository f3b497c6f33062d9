import { expect, test } from "vitest";
import type { Lineage } from "@/lib/lineage/schema";
import { lineageSteps } from "./lineage-steps";

const bare: Lineage = {
  model: "credit",
  version: "2",
  stage: "None",
  created_at: "2026-03-01T00:00:00Z",
  source: "",
  logged_model_id: null,
  run: null,
  datasets: [],
  baseline: null,
  predictions: 0,
  labelled: 0,
  last_prediction_at: null,
  health: null,
};
const titles = (lineage: Lineage) => lineageSteps(lineage).map(({ title, href }) => [title, href]);

test("a version that predictions made knows neither its data nor its run", () => {
  expect(titles(bare)).toEqual([
    ["not known", null],
    ["not known", null],
    ["2, no stage", "/models/credit/2/versions"],
    ["none yet", "/connect"],
    ["nothing to test yet", null],
  ]);
});

test("each stop of a known road is a link", () => {
  const run = { run_id: "r1", name: "fit", status: "FINISHED", experiment_id: "0" };
  const data = { name: "apps", digest: "1a", source_type: "local", source: "", context: null, rows: 10 };
  const health = {
    window: { from: "2026-03-01T00:00:00Z", to: "2026-03-08T00:00:00Z" },
    n: 5,
    errors: 0,
    labelled: 0,
    tested_features: 3,
    drifted_features: ["income"],
    drift_detected: true,
    reason: null,
    metric: null,
  };
  const steps = lineageSteps({
    ...bare,
    run,
    datasets: [data, data],
    predictions: 1200,
    labelled: 7,
    health,
  });
  expect(steps.map(({ title, href }) => [title, href])).toEqual([
    ["apps and 1 more", "/runs/r1#inputs"],
    ["fit", "/runs/r1"],
    ["2, no stage", "/models/credit/2/versions"],
    ["1,200", "/models/credit/2/predictions"],
    ["income moved", "/models/credit/2/drift"],
  ]);
  expect(steps[0]!.note).toBe("digest 1a, 10 rows");
  expect(steps[4]!.tone).toBe("warn");
  expect(lineageSteps({ ...bare, run: { ...run, name: null } })[1]).toMatchObject({
    title: "r1",
    href: null,
  });
});
