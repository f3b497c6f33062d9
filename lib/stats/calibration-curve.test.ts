import { describe, expect, it } from "vitest";
import { calibrationBins, calibrationErrorInterval, expectedCalibrationError } from "./calibration-curve";
import { expectClose, rate, seeded, vectors } from "./test-support";

type Case = {
  labels: number[];
  scores: number[];
  bins: number;
  strategy: "uniform" | "quantile";
  observed: number[];
  mean: number[];
};

describe("calibration", () => {
  it("equals scikit-learn's curve, scores on an edge included", () => {
    for (const { labels, scores, bins, strategy, observed, mean } of vectors<Case>("calibration")) {
      const found = calibrationBins({ labels, scores }, { bins, strategy });
      expect(found.length).toBe(observed.length);
      found.forEach((bin, i) => {
        expectClose(bin.hits / bin.n, observed[i]!, { floor: 1e-15 });
        expectClose(bin.sumScore / bin.n, mean[i]!);
      });
    }
  });

  it("follows by hand", () => {
    const found = calibrationBins(
      { labels: [0, 1, 1], scores: [0.5, 0.6, 1] },
      { bins: 2, strategy: "uniform" },
    );
    expect(found).toEqual([
      { low: 0, high: 0.5, n: 1, sumScore: 0.5, hits: 0 },
      { low: 0.5, high: 1, n: 2, sumScore: 1.6, hits: 2 },
    ]);
    expectClose(expectedCalibrationError(found), (0.5 + 0.4) / 3);
    expect(calibrationBins({ labels: [], scores: [] }, { bins: 2, strategy: "quantile" })).toEqual([]);
    expect(expectedCalibrationError([])).toBeNull();
    expect(calibrationErrorInterval([])).toBeNull();
    expect(() => calibrationBins({ labels: [1], scores: [] }, { bins: 2, strategy: "uniform" })).toThrow(
      RangeError,
    );
  });

  it("has an interval that covers a model that is 10 points too sure, by hand and drawn", () => {
    const random = seeded(61);
    const draw = () => {
      const scores = Float64Array.from({ length: 2_000 }, () => 0.2 + 0.7 * random());
      const labels = scores.map((score) => (random() < score - 0.1 ? 1 : 0));
      return calibrationBins({ labels, scores }, { bins: 15, strategy: "uniform" });
    };
    // one bin: σ = √(51·51)/102/10 = 0.05
    const byHand = calibrationErrorInterval([{ low: 0, high: 1, n: 100, sumScore: 70, hits: 50 }])!;
    expectClose(byHand.upper, 0.2 + 1.959963984540054 * 0.05);
    expectClose(byHand.lower, 0.2 - 1.959963984540054 * 0.05 - 0.05 * Math.sqrt(2 / Math.PI));
    const missed = rate(600, () => {
      const { lower, upper } = calibrationErrorInterval(draw())!;
      return lower > 0.1 || upper < 0.1;
    });
    expect(missed).toBeLessThan(0.06);
    expect(missed).toBeGreaterThan(0.002);
  });

  it("does not claim an error of a model that is well calibrated", () => {
    const random = seeded(62);
    const missed = rate(400, () => {
      const scores = Float64Array.from({ length: 1_000 }, () => random());
      const labels = scores.map((score) => (random() < score ? 1 : 0));
      return (
        calibrationErrorInterval(calibrationBins({ labels, scores }, { bins: 15, strategy: "uniform" }))!
          .lower > 0
      );
    });
    expect(missed).toBeLessThan(0.05);
  });
});
