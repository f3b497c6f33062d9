import { describe, expect, it } from "vitest";
import { filterRows, mainVersion, sortRows, type VersionRow } from "./order";
import type { Health, ModelSummary, VersionSummary } from "./schema";

const version = (name: string, change: Partial<VersionSummary> = {}): VersionSummary => ({
  version: name,
  stage: "None",
  created_at: "2001-01-01T00:00:00Z",
  predictions: 0,
  errors: 0,
  labelled: 0,
  features: 0,
  first_prediction_at: null,
  last_prediction_at: null,
  last_received_at: null,
  baseline: null,
  health: null,
  sparkline: [],
  ...change,
});

const health = (change: Partial<Health>): Health => ({
  window: { from: "2001-06-24T00:00:00Z", to: "2001-07-01T00:00:00Z" },
  n: 100,
  errors: 0,
  labelled: 0,
  tested_features: 3,
  drifted_features: [],
  drift_detected: false,
  reason: null,
  metric: null,
  ...change,
});

const model = (name: string, versions: VersionSummary[]): ModelSummary => ({
  model: name,
  task: "classification",
  positive_class: null,
  classes: [],
  created_at: "2001-01-01T00:00:00Z",
  versions,
});

const row = (name: string, change: Partial<VersionSummary> = {}): VersionRow => {
  const only = version("1", change);
  return { model: model(name, [only]), version: only };
};
const names = (rows: VersionRow[]) => rows.map(({ model }) => model.model);

describe("the version meant by a model's name", () => {
  it("is the one in Production, else the latest made, else none", () => {
    const old = version("1", { stage: "Production" });
    const young = version("2", { created_at: "2001-02-01T00:00:00Z" });
    expect(mainVersion(model("m", [old, young]))?.version).toBe("1");
    expect(mainVersion(model("m", [version("1"), young]))?.version).toBe("2");
    expect(mainVersion(model("m", []))).toBeNull();
  });
});

describe("the order of versions", () => {
  const worse = { name: "auc", value: 0.5, baseline: 0.7, band: [0.69, 0.71] as [number, number] };

  it("puts first what wants a look, and archived ones last", () => {
    const rows = [
      row("quiet", { health: health({}) }),
      row("archived", { stage: "Archived", health: health({ metric: worse }) }),
      row("drifted", { health: health({ drift_detected: true, drifted_features: ["x"] }) }),
      row("worse", { health: health({ metric: worse }) }),
    ];
    expect(names(sortRows(rows, "attention", "asc"))).toEqual(["worse", "drifted", "quiet", "archived"]);
  });

  it("puts what has no value last in both directions", () => {
    const rows = [
      row("none"),
      row("many", { health: health({ labelled: 90 }) }),
      row("few", { health: health({ labelled: 1 }) }),
    ];
    expect(names(sortRows(rows, "labels", "asc"))).toEqual(["few", "many", "none"]);
    expect(names(sortRows(rows, "labels", "desc"))).toEqual(["many", "few", "none"]);
  });

  it("compares metrics of different scales by how far they lie from their baselines", () => {
    const rmse = { name: "rmse", value: 1100, baseline: 1000, band: [990, 1010] as [number, number] };
    const rows = [
      row("ten half-widths worse", { health: health({ metric: rmse }) }),
      row("twenty half-widths worse", { health: health({ metric: worse }) }),
    ];
    expect(names(sortRows(rows, "metric", "asc"))).toEqual([
      "twenty half-widths worse",
      "ten half-widths worse",
    ]);
  });

  it("reads numbers in names as numbers", () => {
    expect(names(sortRows([row("m10"), row("m9")], "name", "asc"))).toEqual(["m9", "m10"]);
  });
});

describe("the filter", () => {
  const rows = [
    row("flight-delay", { health: health({ drifted_features: ["origin"] }) }),
    row("seat-demand", { stage: "Production" }),
  ];

  it("wants every word, in the model, the version or a drifted feature", () => {
    expect(names(filterRows(rows, "FLIGHT orig", null))).toEqual(["flight-delay"]);
    expect(names(filterRows(rows, "flight demand", null))).toEqual([]);
    expect(names(filterRows(rows, " ", null))).toHaveLength(2);
  });

  it("narrows to a stage", () => {
    expect(names(filterRows(rows, "", "Production"))).toEqual(["seat-demand"]);
  });
});
