import { describe, expect, test } from "vitest";
import { binEdges } from "@/lib/stats/bin-edges";
import { normal, seeded } from "@/lib/stats/test-support";
import { wasserstein } from "@/lib/stats/wasserstein";
import type { Bins } from "@/lib/summaries/binner";
import { countColumn } from "@/lib/summaries/count-column";
import { emptyHistogram } from "@/lib/summaries/histogram";
import { compareNumbers } from "./compare-numbers";

type Samples = { reference: Float64Array; current: Float64Array };

function compared({ reference, current }: Samples, { exact = false, bins = baselineBins(reference) } = {}) {
  const side = (values: Float64Array) => {
    const histogram = emptyHistogram();
    countColumn(histogram, bins, values);
    return { histogram, values: exact ? values : null };
  };
  return compareNumbers({ reference: side(reference), current: side(current) }, { bins, display: null });
}

const baselineBins = (values: Float64Array): Bins => ({ kind: "edges", edges: binEdges(values) });

function draw(n: number, seed: number, of: (random: () => number) => number): Float64Array {
  const random = seeded(seed);
  return Float64Array.from({ length: n }, () => of(random));
}

const filled = (parts: readonly (readonly [number, number])[]) =>
  Float64Array.from(parts.flatMap(([value, n]) => new Array<number>(n).fill(value)));

const exponential = (mean: number) => (random: () => number) => -mean * Math.log(1 - random());
const lognormal = (spread: number) => (random: () => number) => Math.exp(spread * normal(random));
const gauss =
  (mean = 0, deviation = 1) =>
  (random: () => number) =>
    mean + deviation * normal(random);

const withOutlier = (values: Float64Array, outlier: number) => Float64Array.from([...values, outlier]);

const CASES: Record<string, Samples> = {
  "a 0/1 feature": {
    reference: filled([
      [0, 800],
      [1, 200],
    ]),
    current: filled([
      [0, 525],
      [1, 475],
    ]),
  },
  "a constant that is no longer one": {
    reference: filled([[5, 1000]]),
    current: filled([
      [5, 560],
      [6, 440],
    ]),
  },
  "a shift by 3, and one value of a million": {
    reference: draw(1000, 1, gauss()),
    current: withOutlier(draw(1000, 2, gauss(3)), 1e6),
  },
  "a mean of 1 that becomes 10": {
    reference: draw(5000, 3, exponential(1)),
    current: draw(5000, 4, exponential(10)),
  },
  "the same long tail, of few rows and of many": {
    reference: draw(500, 5, lognormal(1.5)),
    current: draw(50_000, 6, lognormal(1.5)),
  },
  "a longer tail, of few rows and of many": {
    reference: draw(500, 15, lognormal(2)),
    current: draw(50_000, 16, lognormal(2)),
  },
  "a spread that triples, to both sides": {
    reference: draw(10_000, 7, gauss()),
    current: draw(10_000, 8, gauss(0, 3)),
  },
  "a spread that triples while it moves, far from 0": {
    reference: draw(10_000, 7, gauss(5000, 1)),
    current: draw(10_000, 8, gauss(5001, 3)),
  },
  "one value of a million in the baseline alone": {
    reference: withOutlier(draw(1000, 9, gauss()), 1e6),
    current: draw(1000, 10, gauss()),
  },
  "a window far below": {
    reference: draw(3000, 11, gauss()),
    current: draw(3000, 12, (random) => -20 - exponential(4)(random)),
  },
};

describe("Wasserstein's distance", () => {
  test.each(Object.entries(CASES))("of %s is that of the values, with and without them", (_, samples) => {
    const truth = wasserstein(samples)!;
    const exact = compared(samples, { exact: true });
    expect(exact.wasserstein).toBe(truth);
    expect(exact.scoring!.wasserstein).toBe("raw values");
    const known = compared(samples);
    const near = Math.max(0.1 * truth, 0.02 * known.deviation_reference!);
    expect(Math.abs(known.wasserstein! - truth)).toBeLessThan(near);
    expect(known.scoring!.wasserstein).toMatch(/^fine bins/);
    expect(known.wasserstein_scaled).toBe(
      known.deviation_reference! > 0 ? known.wasserstein! / known.deviation_reference! : null,
    );
    const unbinned = compared(samples, { bins: { kind: "exponential" } });
    const width = 0.022 * Math.max(Math.abs(known.mean_reference!), Math.abs(known.mean_current!));
    expect(Math.abs(unbinned.wasserstein! - truth)).toBeLessThan(Math.max(near, width));
  });

  test("by hand: of a share that moves by 0.275 from 0 to 1, and of 44 % that move from 5 to 6", () => {
    expect(compared(CASES["a 0/1 feature"]!).wasserstein).toBeCloseTo(0.275, 12);
    expect(compared(CASES["a constant that is no longer one"]!).wasserstein).toBeCloseTo(0.44, 12);
  });

  test("is never less than the distance of the means, and 0 of like sides", () => {
    for (const samples of Object.values(CASES)) {
      const { wasserstein: distance, mean_reference, mean_current } = compared(samples);
      expect(distance).toBeGreaterThanOrEqual(Math.abs(mean_current! - mean_reference!));
      for (const values of Object.values(samples)) {
        expect(compared({ reference: values, current: values }).wasserstein).toBe(0);
      }
    }
  });

  test("of two windows over a baseline's bins that neither of them fits", () => {
    const bins = baselineBins(draw(2000, 20, gauss()));
    const samples = { reference: draw(4000, 21, gauss(2, 2)), current: draw(4000, 22, gauss(4, 2)) };
    const truth = wasserstein(samples)!;
    expect(Math.abs(compared(samples, { bins }).wasserstein! / truth - 1)).toBeLessThan(0.1);
  });

  test("of quiet windows with a long tail is near that of their values, in deviations", () => {
    for (let seed = 0; seed < 10; seed++) {
      const reference = draw(5000, 100 + seed, lognormal(1.5));
      const samples = { reference, current: draw(500, 200 + seed, lognormal(1.5)) };
      const drift = compared(samples);
      const miss = Math.abs(drift.wasserstein! - wasserstein(samples)!);
      expect(miss / drift.deviation_reference!).toBeLessThan(0.02);
    }
  });

  test("of values near the largest double is a number or nothing", () => {
    const samples = {
      reference: filled([
        [-1.7e308, 3],
        [0, 4],
      ]),
      current: filled([
        [1.7e308, 3],
        [2, 5],
      ]),
    };
    for (const exact of [false, true]) {
      const { wasserstein: distance } = compared(samples, { exact });
      expect(distance === null || Number.isFinite(distance)).toBe(true);
    }
  });
});
