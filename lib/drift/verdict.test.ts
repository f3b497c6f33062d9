import { describe, expect, it } from "vitest";
import type { PerformanceReport } from "@/lib/performance/schema";
import { prepareVerdict } from "./verdict";
import { drifting, feature, performance, report, timeline } from "./verdict.fixture";

const say = (evidence: Parameters<typeof prepareVerdict>[0]) =>
  prepareVerdict(evidence)
    .phrases.map((phrase) => (typeof phrase === "string" ? phrase : `[${phrase.feature}]`))
    .join("")
    .replaceAll("\u00a0", " ");

const basis = (evidence: Parameters<typeof prepareVerdict>[0]) =>
  prepareVerdict(evidence).restsOn.map((part) => part.replaceAll("\u00a0", " "));

describe("the verdict", () => {
  it("names what moved, how far, against chance, which way, and what did not", () => {
    expect(say({ report: report([feature("origin", { effect: 0.015 }), drifting("delay")]) })).toBe(
      "[delay] moved: D = 0.40 against the baseline, 67 times what chance gives at this size, upwards. " +
        "The one other feature tested did not.",
    );
  });

  it("names the furthest three of many, the furthest first", () => {
    const text = say({
      report: report(["a", "b", "c", "d", "e"].map((name, at) => drifting(name, 0.2 + at / 50))),
    });
    expect(text).toMatch(/^\[e\], \[d\], \[c\] and 2 more moved, the first furthest: D = 0\.28/);
    expect(text).toContain("No feature that was tested stayed.");
  });

  it("says so when a segment is held against a baseline that cannot be cut alike", () => {
    const cut = report([drifting("delay")], {
      reference: { ...report([]).reference, segment_applied: false },
    });
    expect(say({ report: cut })).toContain("against the whole baseline, which is not cut by the segment,");
  });

  it("calls the distance of categories by its own name", () => {
    const text = say({
      report: report([drifting("origin", 0.31, { method: "chi2", type: "categorical", direction: null })]),
    });
    expect(text).toMatch(
      /^\[origin\] moved: total variation 0\.31 against the baseline, 52 times what chance gives at this size\./,
    );
  });

  it("does not take a rough p-value for a move that chance alone would make", () => {
    const rough = drifting("origin", 0.15, { effect_band: 0.154, direction: null });
    const text = say({ report: report([rough]), timeline: timeline("origin", new Array(30).fill(0.2)) });
    expect(text).toBe(
      "[origin] may have moved: D = 0.15 against the baseline, no more than chance alone gives at this size.",
    );
    expect(say({ report: report([rough, drifting("delay", 0.12)]) })).toMatch(
      /^\[delay\] and \[origin\] moved/,
    );
  });

  it("says bursts only of bursts", () => {
    const bursty = Array.from({ length: 60 }, (_, index) => (index % 6 === 0 ? 0.4 : 0.05));
    const text = say({ report: report([drifting("delay")]), timeline: timeline("delay", bursty) });
    expect(text).toContain("It comes in bursts (10 of 60 days above 0.3), not as a trend.");
  });

  it("says the day it began", () => {
    const step = Array.from({ length: 60 }, (_, index) => (index >= 40 ? 0.4 : 0.02));
    const text = say({ report: report([drifting("delay")]), timeline: timeline("delay", step) });
    expect(text).toContain("It has been above 0.3 since 13 Mar 2001 (20 days) and hardly ever before.");
  });

  it("says a single day as one", () => {
    const spike = Array.from({ length: 60 }, (_, index) => (index === 21 ? 0.4 : 0.02));
    const text = say({ report: report([drifting("delay")]), timeline: timeline("delay", spike) });
    expect(text).toContain("It was a single day, 22 Feb 2001, and has passed.");
  });

  it("says nothing of a course it has too few days for", () => {
    const text = say({ report: report([drifting("delay")]), timeline: timeline("delay", [0.4, 0.1, 0.4]) });
    expect(text).not.toMatch(/bursts|since|trend|passed/);
  });

  it("keeps quiet where nothing moved, and says how near the nearest came", () => {
    const text = say({ report: report([feature("a", { effect: 0.013 }), feature("b", { effect: 0.016 })]) });
    expect(text).toBe(
      "None of the 2 features tested moved. The largest distance is [b]: D = 0.016, within the floor of 0.1.",
    );
  });

  it("speaks of one feature as one", () => {
    expect(say({ report: report([feature("a")]) })).toMatch(/^The one feature tested has not moved\./);
  });

  it("does not take few rows for proof that nothing changed", () => {
    const few = feature("a", { effect: 0.2, effect_band: 0.25, sizeable: true, significant: false });
    const text = say({ report: report([few]) });
    expect(text).toContain("but not significant at this size");
    expect(text).toContain(
      "At these counts chance alone gives up to 0.25, so a smaller move would go unseen.",
    );
  });

  it("does not say that everything was tested when something was not", () => {
    const text = say({
      report: report([feature("a"), feature("b", { state: "not_computable", effect: null })]),
    });
    expect(text).toContain("The one feature tested has not moved.");
    expect(text).toContain("1 feature could not be tested.");
    const moved = say({
      report: report([drifting("a"), feature("b", { state: "not_computable", effect: null })]),
    });
    expect(moved).toContain("upwards. 1 could not be tested.");
  });

  it("says why nothing was tested, and never that nothing moved", () => {
    const verdict = prepareVerdict({
      report: report([], { drift_detected: null, reason: "this version has no baseline." }),
    });
    expect(verdict.state).toBe("unknown");
    expect(verdict.phrases).toEqual(["Nothing was tested: this version has no baseline."]);
  });

  it("says that an empty window is empty", () => {
    const empty = report([], { drift_detected: null, window: { from: "", to: "", n: 0 } });
    expect(say({ report: empty, performance: performance({ n: 0 }) })).toBe(
      "There are no predictions in this window, so nothing was tested.",
    );
  });

  it("adds what the model itself says", () => {
    const moved = say({ report: report([feature("a")], { score: drifting("score", 0.15) }) });
    expect(moved).toContain("But the model's score moved: D = 0.15, upwards.");
    const still = say({ report: report([drifting("a")], { score: feature("score") }) });
    expect(still).not.toContain("score");
    const both = say({ report: report([drifting("a")], { score: drifting("score", 0.15) }) });
    expect(both).toContain("The model's score moved too: D = 0.15, upwards.");
  });
});

describe("what the move did to the metric", () => {
  const metric = (over: Partial<PerformanceReport>) =>
    say({ report: report([drifting("a")]), performance: performance(over) });

  it("is a loss only further than chance explains", () => {
    // The day's ±0.020 at 1,000 labels is ±0.010 at the window's 4,000.
    expect(metric({ metrics: { auc: 0.685 } })).toContain(
      "AUC fell from 0.700 to 0.685, for the worse and further than chance explains (±0.010).",
    );
    expect(metric({ metrics: { auc: 0.694 } })).toContain(
      "AUC is 0.694, against 0.700 in the baseline: no more than chance explains (±0.010).",
    );
  });

  it("is an improvement when it is one", () => {
    expect(metric({ metrics: { auc: 0.72 } })).toContain(
      "AUC rose from 0.700 to 0.720, for the better and further than chance explains (±0.010).",
    );
  });

  it("knows that a higher error is worse", () => {
    const over = {
      task: "regression" as const,
      primary: "rmse",
      metrics: { rmse: 12 },
      baseline: { n: 1000, metrics: { rmse: 10 }, label_mean: 3 },
      series: [{ ...performance().series[0]!, band: [9.5, 10.5] as [number, number] }],
    };
    expect(metric(over)).toContain(
      "RMSE rose from 10 to 12, for the worse and further than chance explains (±0.250).",
    );
  });

  it("allows for a metric that is only known to a bound", () => {
    expect(metric({ metrics: { auc: 0.685 }, error_bounds: { auc: 0.01 } })).toContain(
      "no more than chance explains",
    );
  });

  it("is unknown without labels", () => {
    expect(metric({ labelled: 0, coverage: 0, metrics: { auc: null } })).toContain(
      "No labels are in for this window, so what it does to performance is unknown.",
    );
  });

  it("is only stated where there is no baseline", () => {
    expect(metric({ baseline: null })).toContain(
      "AUC is 0.700; there is no labelled baseline to compare it with.",
    );
  });

  it("tells the label share only when it moved by more than sampling gives", () => {
    expect(metric({ label_mean: 0.37 })).toContain("while the share of “late” rose from 21 % to 37 %");
    expect(metric({ label_mean: 0.215 })).not.toContain("share of");
  });

  it("says that labels are still coming in", () => {
    const unripe = [{ ...performance().series[0]!, ripe: false }];
    expect(metric({ series: unripe, labelled: 2520, coverage: 0.63 })).toContain(
      "; only 63 % of the labels are in, so this can change.",
    );
  });
});

describe("what the verdict rests on", () => {
  it("is counts, labels, tests, precision and freshness", () => {
    expect(basis({ report: report([feature("a"), feature("b")]), performance: performance() })).toEqual([
      "63,530 predictions",
      "all labelled",
      "against January",
      "2 features tested together, false discoveries held at 5 %",
      "D known to +0.001",
      "fresh to 30 Jun 2001 14:32 UTC",
    ]);
  });

  it("says when raw rows were read", () => {
    const restsOn = basis({ report: report([feature("a")], { source: "raw" }) });
    expect(restsOn).toContain("every raw row read");
    expect(restsOn).toContain("1 feature tested, false discoveries held at 5 %");
  });
});
