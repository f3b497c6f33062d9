import { describe, expect, it } from "vitest";
import { performance } from "@/lib/drift/verdict.fixture";
import { orderMetrics, prepareReading } from "./reading";
import { preparePerformanceVerdict } from "./verdict";

const say = (over: Parameters<typeof performance>[0]) =>
  preparePerformanceVerdict(performance(over)).phrases.join("").replaceAll("\u00a0", " ");

const baseline = { n: 500_000, metrics: { auc: 0.7, accuracy: 0.8 }, label_mean: 0.21 };
const concept = performance().concept_drift;

describe("the performance verdict", () => {
  it("speaks up when accuracy goes the other way than the leading metric", () => {
    const text = say({ baseline, metrics: { auc: 0.72, accuracy: 0.75 } });
    expect(text).toContain("AUC rose from 0.700 to 0.720, for the better");
    expect(text).toContain("Accuracy fell from 0.800 to 0.750, worse.");
  });

  it("does not repeat what the leading metric already says, or what chance explains", () => {
    expect(say({ baseline, metrics: { auc: 0.68, accuracy: 0.75 } })).not.toContain("Accuracy");
    expect(say({ baseline, metrics: { auc: 0.72, accuracy: 0.799 } })).not.toContain("Accuracy");
  });

  it("reports concept drift only where the detector fired, and which way", () => {
    const fired = { ...concept, drift_detected: true, z_score: -3.21, performance_drop: 8, chunks: 1000 };
    expect(say({ concept_drift: fired })).toContain(
      "Over the last 1,000 chunks of 100 labelled predictions the detector reports concept drift: 3.2 standard deviations from the baseline, for the worse.",
    );
    expect(say({})).not.toContain("concept drift");
  });

  it("says what is missing of an empty window and of one without labels", () => {
    expect(say({ n: 0, labelled: 0 })).toBe("There are no predictions in this window.");
    expect(say({ labelled: 0, coverage: 0 })).toMatch(/^No labels are in/);
  });
});

describe("a reading", () => {
  it("narrows the day's band by the square root of the window's labels", () => {
    expect(prepareReading(performance(), "auc").chance).toBeCloseTo(0.01);
    expect(prepareReading(performance({ labelled: 1000 }), "auc").chance).toBeCloseTo(0.02);
  });

  it("has accuracy's band from counts alone, and none for what needs more", () => {
    const report = performance({ baseline, metrics: { auc: 0.7, accuracy: 0.8, f1: 0.4 } });
    // 1.96 √(0.8 · 0.2 · (1/4,000 + 1/500,000)) = 0.0124
    expect(prepareReading(report, "accuracy").chance).toBeCloseTo(0.0124, 3);
    expect(prepareReading(report, "f1").chance).toBeNull();
    expect(prepareReading(report, "f1").beyondChance).toBeNull();
  });

  it("leads with the primary metric", () => {
    expect(orderMetrics({ primary: "f1", metrics: { accuracy: 1, zeta: 1, f1: 1, auc: 1 } })).toEqual([
      "f1",
      "auc",
      "accuracy",
      "zeta",
    ]);
  });
});
