import fc from "fast-check";
import { expect, it } from "vitest";
import { expectClose, vectors } from "./test-support";
import { wasserstein, wassersteinSorted, wassersteinWeighted } from "./wasserstein";

type Case = {
  reference: number[];
  current: number[];
  referenceWeights: number[];
  currentWeights: number[];
  raw: number;
  weighted: number;
};

it("equals scipy.stats.wasserstein_distance, with and without weights", () => {
  for (const c of vectors<Case>("wasserstein")) {
    expectClose(wasserstein(c), c.raw, { floor: 1e-15 });
    const sides = {
      reference: { values: c.reference, weights: c.referenceWeights },
      current: { values: c.current, weights: c.currentWeights },
    };
    expectClose(wassersteinWeighted(sides), c.weighted, { floor: 1e-15 });
  }
});

it("is the shift, by hand, when every value moves alike", () => {
  expect(wasserstein({ reference: [3, 0, 1], current: [6, 8, 5] })).toBe(5);
  expect(wasserstein({ reference: [0], current: [0, 4] })).toBe(2);
});

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 });

it("is 0 against itself, blind to order, symmetric, and scales with the unit", () => {
  fc.assert(
    fc.property(values, values, (reference, current) => {
      expect(wasserstein({ reference, current: [...reference].reverse() })).toBe(0);
      const distance = wasserstein({ reference, current })!;
      expectClose(wasserstein({ reference: current, current: [...reference].reverse() }), distance, {
        floor: 1e-12,
      });
      const scaled = { reference: reference.map((x) => 8 * x), current: current.map((x) => 8 * x) };
      expectClose(wasserstein(scaled), 8 * distance, { floor: 1e-12 });
      const ones = (side: number[]) => ({ values: side, weights: side.map(() => 1) });
      expectClose(wassersteinWeighted({ reference: ones(reference), current: ones(current) }), distance, {
        floor: 1e-12,
      });
    }),
  );
});

it("measures nothing on an empty side and refuses NaN", () => {
  const empty = new Float64Array(0);
  expect(wasserstein({ reference: [], current: [1] })).toBeNull();
  expect(wassersteinSorted({ reference: empty, current: empty })).toBeNull();
  const none = { values: [1], weights: [0] };
  expect(wassersteinWeighted({ reference: none, current: { values: [1], weights: [2] } })).toBeNull();
  expect(() => wasserstein({ reference: [Number.NaN], current: [1] })).toThrow(RangeError);
  const lopsided = { values: [1, 2], weights: [1] };
  expect(() => wassersteinWeighted({ reference: lopsided, current: lopsided })).toThrow(RangeError);
});
