import fc from "fast-check";
import { expect, test } from "vitest";
import { binEdges, binIndex } from "@/lib/stats/bin-edges";
import { countColumn } from "@/lib/summaries/count-column";
import { emptyHistogram } from "@/lib/summaries/histogram";
import { dense } from "./compare-numbers";
import { massPoints } from "./mass-points";

function pointsOf(values: readonly number[], edges: Float64Array) {
  const histogram = emptyHistogram();
  countColumn(histogram, { kind: "edges", edges }, Float64Array.from(values));
  const counts = dense(histogram, edges.length + 1);
  return { counts, ...massPoints({ edges, counts }, histogram) };
}

test("by hand: the ends and atoms are known, and beyond the last edge the mean is", () => {
  // Bins (−∞, −0−], {0}, (0, 1−], {1}, (1, ∞): above lie 3, 4 and 9, of which 9 is known, and 3 + 4 from Σx.
  const { values, weights } = pointsOf([0, 0, 0, 1, 3, 4, 9], binEdges(Float64Array.of(0, 0, 1)));
  expect(values).toEqual([0, 0, 1, 3.5, 9]);
  expect(weights).toEqual([1, 2, 1, 2, 1]);
});

test("rows below and above the edges are told apart by Σx²", () => {
  const edges = Float64Array.of(-1, 1);
  const beyond = (mean: number, n: number) =>
    Array.from({ length: n }, (_, i) => -mean * Math.log((i + 0.5) / n));
  const below = beyond(1, 400).map((x) => -1 - x);
  const above = beyond(5, 300).map((x) => 1 + x);
  const { values } = pointsOf([...below, 0, ...above], edges);
  // One at each end stands apart, which takes a little from the means −2 and 6.
  expect(values[1]!).toBeGreaterThan(-2.3);
  expect(values[1]!).toBeLessThan(-1.7);
  expect(values.at(-2)!).toBeGreaterThan(5.6);
  expect(values.at(-2)!).toBeLessThan(6.2);
});

const numbers = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const samples = fc.array(numbers, { minLength: 1, maxLength: 60 });

test("every point lies in its bin, in order, and together they have the rows' number and mean", () => {
  fc.assert(
    fc.property(samples, samples, (values, baseline) => {
      const edges = binEdges(Float64Array.from(baseline), { bins: 8 });
      const { counts, values: points, weights } = pointsOf(values, edges);
      const low = Math.min(...values);
      const high = Math.max(...values);
      const found = new Float64Array(edges.length + 1);
      let sum = 0;
      points.forEach((point, i) => {
        expect(point).toBeGreaterThanOrEqual(points[i - 1] ?? low);
        expect(point).toBeLessThanOrEqual(high);
        found[binIndex(edges, point)]! += weights[i]!;
        sum += point * weights[i]!;
      });
      expect(found.reduce((total, n) => total + n, 0)).toBe(values.length);
      // A point may lie on the open lower end of its bin, and then counts as the bin's before.
      let [have, want] = [0, 0];
      counts.forEach((count, bin) => {
        have += found[bin]!;
        want += count;
        expect(have).toBeGreaterThanOrEqual(want);
      });
      const truth = values.reduce((total, value) => total + value, 0);
      expect(Math.abs(sum - truth)).toBeLessThan(1e-6);
    }),
    { numRuns: 500 },
  );
});
