import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binEdges, binIndex } from "./bin-edges";
import { exponentialBucket } from "./exponential-buckets";
import { exponentialHistogram } from "./exponential-histogram";
import { kolmogorovSmirnov, kolmogorovSmirnovPValue } from "./kolmogorov-smirnov";
import { kolmogorovSmirnovBracket } from "./kolmogorov-smirnov-bracket";
import { expectFivePercent, normal, rate, seeded } from "./test-support";

function counted(edges: Float64Array, values: readonly number[] | Float64Array): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0);
  for (const value of values) counts[binIndex(edges, value)]!++;
  return counts;
}

/** Rounding of i/n − j/m, which the proof knows nothing of. */
const ROUNDING = 1e-14;

describe("kolmogorovSmirnovBracket", () => {
  const value = fc.oneof(
    fc.integer({ min: -4, max: 4 }),
    fc.constant(0),
    fc.double({ noNaN: true, min: -20, max: 20 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const sample = fc.array(value, { minLength: 1, maxLength: 60 });

  it("holds the raw distance of any two samples, over the reference's own bins", () => {
    fc.assert(
      fc.property(sample, sample, fc.integer({ min: 2, max: 30 }), (reference, current, bins) => {
        const edges = binEdges(Float64Array.from(reference), { bins });
        const raw = kolmogorovSmirnov({ reference, current })!.statistic;
        const counts = { reference: counted(edges, reference), current: counted(edges, current) };
        const { statistic, errorBound } = kolmogorovSmirnovBracket({ edges, ...counts })!;
        expect(raw).toBeGreaterThanOrEqual(statistic - ROUNDING);
        expect(raw).toBeLessThanOrEqual(statistic + errorBound + ROUNDING);
      }),
      { numRuns: 1_000 },
    );
  });

  it("holds it over any other edges, too", () => {
    const edgesOf = fc.uniqueArray(value, { maxLength: 12, comparator: "SameValueZero" });
    fc.assert(
      fc.property(sample, sample, edgesOf, (reference, current, unsorted) => {
        const edges = Float64Array.from(unsorted).sort();
        const raw = kolmogorovSmirnov({ reference, current })!.statistic;
        const counts = { reference: counted(edges, reference), current: counted(edges, current) };
        const { statistic, errorBound } = kolmogorovSmirnovBracket({ edges, ...counts })!;
        expect(raw).toBeGreaterThanOrEqual(statistic - ROUNDING);
        expect(raw).toBeLessThanOrEqual(statistic + errorBound + ROUNDING);
      }),
      { numRuns: 500 },
    );
  });

  it("holds it over exponential buckets, of either sign", () => {
    fc.assert(
      fc.property(sample, sample, (reference, current) => {
        const sparse = (values: number[]) => {
          const counts = new Map<number, number>();
          for (const x of values)
            counts.set(exponentialBucket(x), (counts.get(exponentialBucket(x)) ?? 0) + 1);
          return counts;
        };
        const binned = exponentialHistogram({ reference: sparse(reference), current: sparse(current) });
        expect([...binned.reference]).toEqual(counted(binned.edges, reference));
        expect([...binned.current]).toEqual(counted(binned.edges, current));
        const raw = kolmogorovSmirnov({ reference, current })!.statistic;
        const { statistic, errorBound } = kolmogorovSmirnovBracket(binned)!;
        expect(raw).toBeGreaterThanOrEqual(statistic - ROUNDING);
        expect(raw).toBeLessThanOrEqual(statistic + errorBound + ROUNDING);
      }),
      { numRuns: 500 },
    );
  });

  it("is exact, with no error at all, for a feature of few values", () => {
    const random = seeded(4);
    const draw = () => Float64Array.from({ length: 500 }, () => Math.floor(random() * 9));
    const reference = draw();
    const current = draw();
    const edges = binEdges(reference);
    const counts = { reference: counted(edges, reference), current: counted(edges, current) };
    const { statistic, location } = kolmogorovSmirnov({ reference, current })!;
    expect(kolmogorovSmirnovBracket({ edges, ...counts })).toEqual({ statistic, location, errorBound: 0 });
  });

  it("follows by hand", () => {
    // F climbs from 0 to 1 in the middle bin, G from 0 to ½ there and to 1 above
    const result = kolmogorovSmirnovBracket({ edges: [0, 1], reference: [0, 4, 0], current: [0, 2, 2] });
    expect(result).toEqual({ statistic: 0.5, errorBound: 0.5, location: 1 });
  });

  it("is wide open when all lies in one bin, and measures nothing on an empty side", () => {
    const one = kolmogorovSmirnovBracket({ edges: [], reference: [3], current: [5] });
    expect(one).toEqual({ statistic: 0, errorBound: 1, location: null });
    expect(kolmogorovSmirnovBracket({ edges: [1], reference: [0, 0], current: [1, 2] })).toBeNull();
    expect(() => kolmogorovSmirnovBracket({ edges: [1], reference: [1], current: [1] })).toThrow(RangeError);
  });

  it("does not mind which side is which", () => {
    const counts = fc.array(fc.nat({ max: 9 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(counts, counts, (reference, current) => {
        const edges = [1, 2, 3, 4];
        const forward = kolmogorovSmirnovBracket({ edges, reference, current });
        expect(kolmogorovSmirnovBracket({ edges, reference: current, current: reference })).toEqual(forward);
      }),
    );
  });

  it("fires on 5 % of quiet windows from counts alone, close to the raw test", () => {
    const random = seeded(8);
    const reference = Float64Array.from({ length: 20_000 }, () => normal(random));
    const edges = binEdges(reference);
    const before = counted(edges, reference);
    const runs = 1_500;
    let widest = 0;
    let farthest = 0;
    const observed = rate(runs, () => {
      // a fresh reference each time would be slow: its own noise is a fiftieth of the window's
      const current = Float64Array.from({ length: 400 }, () => normal(random));
      const bracket = kolmogorovSmirnovBracket({
        edges,
        reference: before,
        current: counted(edges, current),
      })!;
      if (widest === 0) farthest = kolmogorovSmirnov({ reference, current })!.statistic - bracket.statistic;
      widest = Math.max(widest, bracket.errorBound);
      const sizes = { nReference: reference.length, nCurrent: current.length };
      return (
        kolmogorovSmirnovPValue({ statistic: bracket.statistic, ...sizes }, { law: "quick" }).pValue < 0.05
      );
    });
    expectFivePercent(observed, runs, 0.01);
    expect(widest).toBeLessThan(0.02);
    expect(farthest).toBeLessThan(0.005);
  });
});
