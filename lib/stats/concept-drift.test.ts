import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conceptDrift } from "./concept-drift";
import { normalTwoSidedTail } from "./normal-distribution";
import { expectClose, rate, seeded } from "./test-support";

const baseline = { baselineMean: 0.8, baselineDeviation: 0.04 };

describe("conceptDrift", () => {
  it("follows by hand: 0.7 against 0.8 ± 0.04 is −2.5 deviations and a drop of 12.5 %", () => {
    const result = conceptDrift({ values: new Array(100).fill(0.7), ...baseline });
    expect(result).toMatchObject({ status: "drift", driftDetected: true, baselineMean: 0.8 });
    expectClose(result.zScore, -2.5, { relative: 1e-9 });
    expectClose(result.performanceDrop, 12.5, { relative: 1e-9 });
    expect(result.message).toContain("worse");
  });

  it("says that it collects data below the minimum, and nothing else", () => {
    expect(conceptDrift({ values: [], ...baseline })).toMatchObject({
      status: "collecting",
      currentMean: null,
    });
    const few = conceptDrift({ values: new Array(99).fill(0.1), ...baseline });
    expect(few).toMatchObject({
      status: "collecting",
      driftDetected: false,
      zScore: null,
      performanceDrop: null,
    });
    expect(few.message).toMatch(/^Collecting data/);
  });

  it("tells a baseline without spread, and divides by no zero", () => {
    const flat = conceptDrift({ values: new Array(100).fill(0.7), baselineMean: 0.8, baselineDeviation: 0 });
    expect(flat).toMatchObject({ status: "no-baseline-spread", driftDetected: false, zScore: null });
    const zero = conceptDrift({ values: new Array(100).fill(0.1), baselineMean: 0, baselineDeviation: 1 });
    expect(zero.performanceDrop).toBeNull();
    expect(() => conceptDrift({ values: [Number.NaN], ...baseline })).toThrow(RangeError);
    expect(() => conceptDrift({ values: [], baselineMean: 1, baselineDeviation: -1 })).toThrow(RangeError);
  });

  it("sees the last window only, a gain as well as a loss, and exactly 2 deviations as stable", () => {
    const values = [...new Array(500).fill(0.1), ...new Array(1000).fill(0.8)];
    expect(conceptDrift({ values, ...baseline })).toMatchObject({ status: "stable" });
    const gain = conceptDrift({ values: new Array(100).fill(0.9), ...baseline });
    expect(gain.status).toBe("drift");
    expect(gain.performanceDrop!).toBeLessThan(0);
    const edge = conceptDrift({
      values: new Array(100).fill(0.75),
      baselineMean: 0.5,
      baselineDeviation: 0.125,
    });
    expect(edge).toMatchObject({ status: "stable", zScore: 2 });
  });

  it("is 0 deviations off for values at the baseline, in any order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 64 }), { minLength: 100, maxLength: 200 }), (counts) => {
        const values = counts.map((c) => c / 64);
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        const own = { baselineMean: mean, baselineDeviation: 0.1 };
        expect(conceptDrift({ values, ...own }).zScore).toBe(0);
        expect(conceptDrift({ values: [...values].reverse(), ...own }).zScore).toBe(0);
      }),
    );
  });
});

describe("its power, as docs/statistics.md states it", () => {
  const random = seeded(31);
  const hits = (n: number, accuracy: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) if (random() < accuracy) sum++;
    return sum;
  };
  const chunks = (count: number, accuracy: number) =>
    Array.from({ length: count }, () => hits(100, accuracy) / 100);
  const spread = Math.sqrt((0.8 * 0.2) / 100);
  /** P(mean of `count` chunks leaves 0.8 by 2 deviations), the window's mean being normal. */
  const power = (accuracy: number, count: number) => {
    const sd = Math.sqrt((accuracy * (1 - accuracy)) / 100 / count);
    const z = (0.8 - accuracy - 2 * spread) / sd;
    const tail = normalTwoSidedTail(z) / 2;
    return z > 0 ? 1 - tail : tail;
  };

  it("never fires on single outcomes: no window of 0 and 1 can leave 0.8 ± 2 · 0.4", () => {
    const deviation = Math.sqrt(0.8 * 0.2);
    for (const accuracy of [0.8, 0.5, 0.2, 0]) {
      const values = Array.from({ length: 1000 }, () => hits(1, accuracy));
      const result = conceptDrift({ values, baselineMean: 0.8, baselineDeviation: deviation });
      expect(result.driftDetected, `accuracy ${accuracy}`).toBe(false);
    }
  });

  it("fires on chunks of 100 as often as the formula says, and not without drift", () => {
    const runs = 150;
    for (const [accuracy, stated] of [
      [0.8, 0],
      [0.73, 0.012],
      [0.72, 0.5],
      [0.715, 0.866],
      [0.71, 0.986],
      [0.7, 1],
    ] as const) {
      expect(
        Math.abs(power(accuracy, 100) - stated),
        `stated at ${accuracy}: ${power(accuracy, 100)}`,
      ).toBeLessThan(0.003);
      const observed = rate(runs, () => {
        const values = chunks(100, accuracy);
        return conceptDrift({ values, baselineMean: 0.8, baselineDeviation: spread }).driftDetected;
      });
      const allowed = 3.5 * Math.sqrt((stated * (1 - stated)) / runs) + 0.02;
      expect(Math.abs(observed - stated), `at ${accuracy}: ${observed}`).toBeLessThan(allowed);
    }
  });
});
