import { expect, test } from "vitest";
import { exponentialMovingAverage } from "./exponential-moving-average";

test("by hand: 1, 3, 5 at weight 0.5", () => {
  // e: 0.5, 1.75, 3.375; divided by 0.5, 0.75, 0.875.
  const [first, second, third] = exponentialMovingAverage([1, 3, 5], 0.5);
  expect(first).toBe(1);
  expect(second).toBeCloseTo(7 / 3, 12);
  expect(third).toBeCloseTo(27 / 7, 12);
});

test("weight 0 changes nothing, a constant stays, and nothing gives nothing", () => {
  expect(exponentialMovingAverage([2, -1, 4], 0)).toEqual([2, -1, 4]);
  for (const value of exponentialMovingAverage([3, 3, 3, 3], 0.9)) expect(value).toBeCloseTo(3, 12);
  expect(exponentialMovingAverage([], 0.5)).toEqual([]);
});

test("what is not finite stays a gap and leaves the rest alone", () => {
  expect(exponentialMovingAverage([1, Number.NaN, 3], 0.5)).toEqual([1, Number.NaN, 7 / 3]);
  expect(exponentialMovingAverage([Number.POSITIVE_INFINITY, 1], 0.5)).toEqual([Number.NaN, 1]);
});
