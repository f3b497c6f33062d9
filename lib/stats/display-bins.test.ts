import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binEdges, binIndex, holdsOneValue } from "./bin-edges";
import { coarsen, displayBins } from "./display-bins";
import { exponentialBucket } from "./exponential-buckets";
import { exponentialHistogram } from "./exponential-histogram";
import { normal, seeded } from "./test-support";

function summarised(values: Float64Array) {
  const edges = binEdges(values);
  const reference = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) reference[binIndex(edges, value)]!++;
  return { edges, reference };
}

const random = seeded(9);
const shapes: Record<string, () => number> = {
  normal: () => normal(random),
  lognormal: () => Math.exp(normal(random)),
  "heavy tail": () => Math.exp(2.5 * normal(random)),
  "zero-inflated": () => (random() < 0.6 ? 0 : Math.exp(normal(random))),
  "two humps": () => normal(random) + (random() < 0.5 ? 0 : 40),
  "a hundred integers": () => Math.floor(random() * 100),
};

describe("displayBins", () => {
  for (const [name, draw] of Object.entries(shapes)) {
    it(`shows 20 to 36 bins of some weight: ${name}`, () => {
      const fine = summarised(Float64Array.from({ length: 20_000 }, draw));
      const display = displayBins(fine);
      const shown = coarsen(fine.reference, display);
      expect(shown.length).toBeGreaterThanOrEqual(20);
      expect(shown.length).toBeLessThanOrEqual(37);
      const inner = shown.slice(1, -1);
      expect(Math.min(...inner)).toBeGreaterThan(0.001 * 20_000);
      inner.forEach((count, i) => {
        const spike = holdsOneValue(display.edges, i + 1);
        if (!spike) expect(count, `bin ${i + 1} of ${inner}`).toBeLessThan(0.2 * 20_000);
      });
    });
  }

  it("lays its edges in near equal steps where the data are smooth", () => {
    const fine = summarised(Float64Array.from({ length: 50_000 }, () => random()));
    const { edges } = displayBins(fine);
    const widths = edges.slice(2, -1).map((edge, i) => edge - edges[i + 1]!);
    expect(Math.max(...widths) / Math.min(...widths)).toBeLessThan(1.6);
  });

  it("gives a feature of few values one bin a value, and a spike its own", () => {
    const fine = summarised(Float64Array.from({ length: 1_000 }, () => Math.floor(random() * 7)));
    const display = displayBins(fine);
    expect(display.edges.slice(1)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(coarsen(fine.reference, display)).toHaveLength(9);
    const inflated = summarised(
      Float64Array.from({ length: 5_000 }, () => (random() < 0.5 ? 3 : normal(random))),
    );
    const shown = displayBins(inflated);
    expect(holdsOneValue(shown.edges, binIndex(shown.edges, 3))).toBe(true);
  });

  it("shows exponential buckets too", () => {
    const counts = new Map<number, number>();
    for (let i = 0; i < 5_000; i++) {
      const key = exponentialBucket(normal(random) * 10 + 5);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const { edges, reference } = exponentialHistogram({ reference: counts, current: counts });
    const display = displayBins({ edges, reference });
    expect(display.edges.length).toBeGreaterThanOrEqual(19);
    expect(display.edges.length).toBeLessThanOrEqual(36);
  });

  it("keeps every count and ascends strictly, whatever the data", () => {
    const sample = fc.array(
      fc.oneof(fc.integer({ min: -40, max: 40 }), fc.double({ noNaN: true, min: -9, max: 9 })),
      {
        minLength: 1,
        maxLength: 400,
      },
    );
    fc.assert(
      fc.property(sample, (values) => {
        const fine = summarised(Float64Array.from(values));
        const display = displayBins(fine);
        const shown = coarsen(fine.reference, display);
        expect(shown.reduce((a, b) => a + b, 0)).toBe(values.length);
        expect(shown.length).toBeLessThanOrEqual(37);
        for (let i = 1; i < display.edges.length; i++) {
          expect(display.edges[i]!).toBeGreaterThan(display.edges[i - 1]!);
        }
        // each visible bin counts what lies between its edges
        const recounted = new Array<number>(display.edges.length + 1).fill(0);
        for (const value of values) recounted[binIndex(display.edges, value)]!++;
        expect(shown).toEqual(recounted);
      }),
    );
  });

  it("has no edge for an empty reference, and refuses counts of other bins", () => {
    expect(displayBins({ edges: [1, 2], reference: [0, 0, 0] }).kept).toEqual([]);
    expect(coarsen([0, 0, 4], displayBins({ edges: [1, 2], reference: [0, 0, 0] }))).toEqual([4]);
    expect(() => displayBins({ edges: [1], reference: [1] })).toThrow(RangeError);
    expect(() => coarsen([1], { kept: [], edges: [], fineBins: 3 })).toThrow(RangeError);
  });
});
