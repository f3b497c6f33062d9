import { describe, expect, it } from "vitest";
import type { Health, MetricReading, VersionSummary } from "./schema";
import {
  driftWords,
  labelWords,
  metricWords,
  type Phrase,
  verdictBasis,
  versionCondition,
  versionVerdict,
} from "./verdict";

const AUC: MetricReading = { name: "auc", value: 0.7, baseline: 0.7, band: [0.69, 0.71] };

const health = (change: Partial<Health> = {}): Health => ({
  window: { from: "2001-06-24T00:00:00Z", to: "2001-07-01T00:00:00Z" },
  n: 1000,
  errors: 0,
  labelled: 1000,
  tested_features: 7,
  drifted_features: [],
  drift_detected: false,
  reason: null,
  metric: AUC,
  ...change,
});

const summary = (change: Partial<Health> | null = {}): VersionSummary => ({
  version: "1",
  stage: "Production",
  created_at: "2001-01-01T00:00:00Z",
  predictions: 1000,
  errors: 0,
  labelled: 1000,
  features: 7,
  first_prediction_at: null,
  last_prediction_at: null,
  last_received_at: "2001-07-01T00:00:00Z",
  baseline: {
    kind: "window",
    rows: 500,
    window: null,
    file_name: null,
    created_at: "2001-01-01T00:00:00Z",
    labelled: 500,
  },
  health: change === null ? null : health(change),
  sparkline: [],
});

const read = (phrases: Phrase[]) =>
  phrases.map((phrase) => (typeof phrase === "string" ? phrase : phrase.feature)).join("");
const verdict = (change: Partial<Health> | null) =>
  read(versionVerdict(summary(change))).replaceAll("\u00a0", " ");

describe("the verdict on a version", () => {
  it("is calm when nothing moved", () => {
    expect(verdict({})).toBe(
      "Nothing that the model reads has moved: 7 features tested together. AUC is 0.700, as in the baseline.",
    );
  });

  it("names what moved and says what it cost", () => {
    expect(
      verdict({
        drift_detected: true,
        drifted_features: ["delay", "hour"],
        metric: { ...AUC, value: 0.652 },
      }),
    ).toBe(
      "delay and hour moved against the baseline; the other 5 have not. AUC fell from 0.700 to 0.652, further than chance explains: the model now does worse.",
    );
  });

  it("says when drift has cost nothing", () => {
    expect(
      verdict({ drift_detected: true, drifted_features: ["delay"], metric: { ...AUC, value: 0.695 } }),
    ).toContain("no more than chance explains, so it has cost nothing yet.");
  });

  it("marks each feature, and counts the ones for which there is no room", () => {
    const phrases = versionVerdict(
      summary({ drift_detected: true, drifted_features: ["a", "b", "c", "d", "e"], tested_features: 5 }),
    );
    expect(phrases.filter((phrase) => typeof phrase !== "string")).toEqual([
      { feature: "a" },
      { feature: "b" },
      { feature: "c" },
    ]);
    expect(read(phrases)).toMatch(/^a, b, c and 2 more moved against the baseline\. /);
  });

  it("gives the reason where nothing was tested, once punctuated", () => {
    expect(
      verdict({ drift_detected: null, reason: "this version has no baseline.", metric: null, labelled: 0 }),
    ).toBe(
      "Drift was not tested: this version has no baseline. What it does to performance is unknown: no label has come in for these predictions.",
    );
  });

  it("gives the metric alone where there is no baseline", () => {
    expect(
      read(
        versionVerdict({
          ...summary({ drift_detected: null, metric: { ...AUC, baseline: null, band: null } }),
          baseline: null,
        }),
      ),
    ).toMatch(/ AUC is 0\.700\.$/);
  });

  it("mentions failed predictions from one in a thousand on", () => {
    expect(verdict({ errors: 3 })).toMatch(/0\.3 % of the predictions failed\.$/);
    expect(verdict({ n: 100_000, errors: 3 })).not.toContain("failed");
  });

  it("says so when there are no rows", () => {
    expect(verdict(null)).toMatch(/^Nothing has been logged/);
    expect(verdict({ n: 0 })).toMatch(/^Nothing has been logged/);
  });
});

describe("a metric in words", () => {
  it("knows for which metrics less is better", () => {
    const rmse: MetricReading = { name: "rmse", value: 12, baseline: 10, band: [9.5, 10.5] };
    expect(metricWords(rmse)).toBe(
      "RMSE rose from 10 to 12, further than chance explains: the model does worse.",
    );
    expect(metricWords({ ...rmse, value: 9 })).toContain("and for the better");
  });

  it("does not compare with a baseline that has no labels", () => {
    expect(metricWords({ ...AUC, baseline: null, band: null })).toBe(
      "AUC is 0.700; the baseline has no labels to compare it with.",
    );
  });
});

describe("a version's condition", () => {
  it.each([
    ["worse", { drift_detected: true, metric: { ...AUC, value: 0.5 } }],
    ["drift", { drift_detected: true }],
    ["failing", { errors: 60 }],
    ["untested", { drift_detected: null }],
    ["silent", { n: 0 }],
    ["steady", {}],
  ] as const)("is %s for %j", (condition, change) => {
    expect(versionCondition(summary(change as Partial<Health>))).toBe(condition);
  });
});

describe("what a verdict rests on", () => {
  it("is the window, the counts, the tests and the freshness", () => {
    expect(
      verdictBasis(summary(), Date.parse("2001-07-01T00:03:00Z")).join(" · ").replaceAll("\u00a0", " "),
    ).toBe(
      "latest week with data, 24 to 30 Jun 2001 · 1,000 predictions · all labelled · 7 features tested together · last row came 3 min ago",
    );
  });

  it("counts labels against the predictions that did not fail", () => {
    expect(labelWords(health({ errors: 100, labelled: 900 }))).toBe("all labelled");
    expect(labelWords(health({ labelled: 0 }))).toBe("no labels");
    expect(labelWords(health({ labelled: 250 })).replaceAll("\u00a0", " ")).toBe("250 labelled (25 %)");
  });

  it("says how many moved", () => {
    expect(driftWords(health({ drifted_features: ["a"], drift_detected: true }))).toBe("1 of 7 moved");
    expect(driftWords(health())).toBe("none of 7 moved");
    expect(driftWords(health({ drift_detected: null }))).toBe("not tested");
  });
});
