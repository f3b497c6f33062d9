import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binEdges, binIndex, holdsOneValue, nextDown } from "./bin-edges";
import { normal, seeded } from "./test-support";

describe("nextDown", () => {
  it("steps one double down, through zero and at both ends", () => {
    expect(nextDown(1)).toBe(1 - Number.EPSILON / 2);
    expect(nextDown(0)).toBe(-5e-324);
    expect(nextDown(-0)).toBe(-5e-324);
    expect(nextDown(5e-324)).toBe(0);
    expect(nextDown(-1)).toBe(-1 - Number.EPSILON);
    expect(nextDown(Number.POSITIVE_INFINITY)).toBe(Number.MAX_VALUE);
    expect(nextDown(-Number.MAX_VALUE)).toBe(Number.NEGATIVE_INFINITY);
    expect(nextDown(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe("binEdges", () => {
  const finite = fc.array(
    fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, max: 1e300, min: -1e300 }),
    ),
    { minLength: 1, maxLength: 300 },
  );

  it("ascends strictly from below the smallest value to the largest, whatever the data", () => {
    fc.assert(
      fc.property(finite, fc.integer({ min: 2, max: 40 }), (values, bins) => {
        const edges = binEdges(Float64Array.from(values), { bins });
        expect(edges[0]).toBe(nextDown(Math.min(...values)));
        expect(edges[edges.length - 1]).toBe(Math.max(...values) + 0);
        for (let i = 1; i < edges.length; i++) expect(edges[i]!).toBeGreaterThan(edges[i - 1]!);
        expect(edges.length).toBeLessThanOrEqual(2 * bins + 2);
        const counts = new Array<number>(edges.length + 1).fill(0);
        for (const value of values) counts[binIndex(edges, value)]!++;
        expect(counts[0]).toBe(0);
        expect(counts[edges.length]).toBe(0);
        // no bin but an atom outgrows its share and one value's worth beside it
        counts.forEach((count, bin) => {
          if (!holdsOneValue(edges, bin)) expect(count).toBeLessThan((2 * values.length) / bins + 1);
        });
      }),
    );
  });

  it("fills the bins of a continuous sample evenly", () => {
    const random = seeded(1);
    const values = Float64Array.from({ length: 25_600 }, () => normal(random));
    const edges = binEdges(values);
    expect(edges.length).toBe(257);
    const counts = new Array<number>(258).fill(0);
    for (const value of values) counts[binIndex(edges, value)]!++;
    expect(new Set(counts.slice(1, 257))).toEqual(new Set([100]));
  });

  it("sets apart every value of a feature that has few, and a heavy value among many", () => {
    expect([...binEdges(Float64Array.of(2, 1, 1))]).toEqual([nextDown(1), 1, nextDown(2), 2]);
    const random = seeded(2);
    const inflated = Float64Array.from({ length: 10_000 }, () => (random() < 0.4 ? 0 : random()));
    const edges = binEdges(inflated);
    expect(holdsOneValue(edges, binIndex(edges, 0))).toBe(true);
  });

  it("leaves the sample as it was, has no edge for no sample, and refuses what has no place", () => {
    const values = Float64Array.of(3, 1, 2);
    binEdges(values);
    expect([...values]).toEqual([3, 1, 2]);
    expect(binEdges(new Float64Array(0))).toHaveLength(0);
    expect(binIndex(new Float64Array(0), 1)).toBe(0);
    expect(() => binEdges(Float64Array.of(1, Number.NaN))).toThrow(RangeError);
    expect(() => binEdges(Float64Array.of(1, Number.POSITIVE_INFINITY))).toThrow(RangeError);
    expect(() => binEdges(values, { bins: 1 })).toThrow(RangeError);
  });
});

describe("binIndex", () => {
  it("finds the first edge that is not below the value", () => {
    const ascending = fc.uniqueArray(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ascending, fc.integer({ min: -33, max: 33 }), (unsorted, value) => {
        const edges = Float64Array.from(unsorted).sort();
        const found = edges.findIndex((edge) => value <= edge);
        expect(binIndex(edges, value)).toBe(found === -1 ? edges.length : found);
      }),
    );
  });
});
