import { expect, it } from "vitest";
import type { FeatureQuality, QualityReport } from "./schema";
import { prepareQualityVerdict, rankByFindings } from "./verdict";

const feature = (name: string, more: Partial<FeatureQuality> = {}): FeatureQuality => ({
  name,
  role: "feature",
  type: "numerical",
  unit: null,
  n: 90,
  missing: 10,
  missing_rate: 0.1,
  missing_rate_reference: 0.1,
  below: 0,
  above: 0,
  min: 0,
  max: 1,
  mean: 0.5,
  deviation: 0.1,
  reference_min: 0,
  reference_max: 1,
  categories: null,
  top: [],
  findings: [],
  series: [0.1],
  ...more,
});
const report = (features: FeatureQuality[], more: Partial<QualityReport> = {}): QualityReport => ({
  model: "m",
  version: "1",
  window: { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" },
  bucket: "day",
  n: 100,
  errors: 0,
  latency_ms: null,
  buckets: [],
  features,
  fresh_to: null,
  ...more,
});
const finding = (kind: "missing_rate" | "out_of_range" | "new_category", share: number) => ({
  kind,
  message: "",
  n: share * 100,
  share,
  p_value: 0.001,
});
const said = (about: QualityReport) =>
  prepareQualityVerdict(about)
    .phrases.map((phrase) => (typeof phrase === "string" ? phrase : phrase.feature))
    .join("");

it("names what is wrong, the widest first, and counts the rest", () => {
  const text = said(
    report([
      feature("sound"),
      feature("origin", { findings: [finding("new_category", 0.02)] }),
      feature("distance", { findings: [finding("missing_rate", 0.25), finding("out_of_range", 0.05)] }),
    ]),
  );
  expect(text).toBe(
    "distance lacks 25\u00a0% of its values, 10\u00a0% in the baseline and lies outside the baseline's range in 5\u00a0% of its values; origin has categories the baseline lacks in 2\u00a0% of its rows. The other one is as in the baseline.",
  );
});

it("says when all is well, when there is no baseline, and when there is nothing", () => {
  expect(said(report([feature("a"), feature("b")]))).toMatch(/^All 2 columns are as in the baseline/);
  expect(said(report([feature("a", { missing_rate_reference: null })]))).toMatch(/^There is no baseline/);
  expect(said(report([feature("a")], { n: 0 }))).toMatch(/^There are no predictions/);
});

it("mentions failures that are more than a few", () => {
  expect(said(report([feature("a")], { errors: 5 }))).toMatch(/5\u00a0% of the predictions failed\.$/);
  expect(said(report([feature("a")], { errors: 1 }))).not.toMatch(/failed/);
});

it("keeps the logged order among columns without findings", () => {
  expect(
    rankByFindings([
      feature("b"),
      feature("a"),
      feature("c", { findings: [finding("out_of_range", 0.1)] }),
    ]).map((each) => each.name),
  ).toEqual(["c", "b", "a"]);
});
