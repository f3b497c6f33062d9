import fc from "fast-check";
import { expect, it } from "vitest";
import { bucketBounds, exponentialBucket } from "./exponential-buckets";
import { exponentialHistogram } from "./exponential-histogram";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

it("puts every value within the bounds of its bucket, subnormal ones and the largest included", () => {
  fc.assert(
    fc.property(finite, fc.integer({ min: 0, max: 8 }), (value, schema) => {
      const { lower, upper } = bucketBounds(exponentialBucket(value, schema), schema);
      if (value > 0) expect(lower < value && value <= upper).toBe(true);
      else if (value < 0) expect(lower <= value && value < upper).toBe(true);
      else expect([lower, upper]).toEqual([0, 0]);
    }),
    { numRuns: 2_000 },
  );
  for (const value of [5e-324, 2 ** -1040, 1, 2, 1.5, Number.MAX_VALUE]) {
    const { lower, upper } = bucketBounds(exponentialBucket(value));
    expect(lower < value && value <= upper, String(value)).toBe(true);
  }
});

it("keeps the order of the values in an int32, and mirrors them about zero", () => {
  fc.assert(
    fc.property(finite, finite, (a, b) => {
      if (a <= b) expect(exponentialBucket(a)).toBeLessThanOrEqual(exponentialBucket(b));
      expect(exponentialBucket(-a) + exponentialBucket(a)).toBe(0);
      expect(exponentialBucket(a) | 0).toBe(exponentialBucket(a));
    }),
  );
});

it("has buckets 2.2 % wide, 32 to a factor of two, that end at powers of two", () => {
  expect(exponentialBucket(2) - exponentialBucket(1)).toBe(32);
  const { lower, upper } = bucketBounds(exponentialBucket(1));
  expect(upper).toBe(1);
  expect(upper / lower).toBeCloseTo(2 ** (1 / 32), 12);
  expect(exponentialBucket(-0)).toBe(0);
  expect(() => exponentialBucket(Number.NaN)).toThrow(RangeError);
  expect(() => exponentialBucket(Number.POSITIVE_INFINITY)).toThrow(RangeError);
});

it("lays sparse counts of two sides over common edges", () => {
  const one = exponentialBucket(1);
  const { edges, reference, current } = exponentialHistogram({
    reference: new Map([[one, 4]]),
    current: new Map([
      [one + 1, 2],
      [0, 1],
      [one + 9, 0],
    ]),
  });
  expect([...edges]).toEqual([-5e-324, 0, bucketBounds(one).lower, 1, bucketBounds(one + 1).upper]);
  expect([...reference]).toEqual([0, 0, 0, 4, 0, 0]);
  expect([...current]).toEqual([0, 1, 0, 0, 2, 0]);
  expect(exponentialHistogram({ reference: new Map(), current: new Map() }).reference).toEqual(
    Float64Array.of(0),
  );
});
