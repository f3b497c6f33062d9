import { expect, it } from "vitest";
import { isRipe, maturity } from "./ripeness";

const HOUR = 3_600_000;
const history = (coverages: number[], answered = 100) =>
  coverages.map((share, i) => ({ startMs: i * HOUR, answered, labelled: Math.round(share * answered) }));

it("calls the newest buckets unripe until their coverage catches up", () => {
  const buckets = history([1, 1, 1, 1, 1, 1, 0.95, 0.6, 0.1]);
  const found = maturity(buckets, HOUR);
  expect(found).toEqual({ settled: 1, ripeBeforeMs: 7 * HOUR });
  expect(buckets.map((bucket) => isRipe(found, bucket))).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});

it("takes labels that are only sampled as they are", () => {
  const buckets = history([0.1, 0.11, 0.09, 0.1, 0.12, 0.1], 1000);
  expect(buckets.every((bucket) => isRipe(maturity(buckets, HOUR), bucket))).toBe(true);
});

it("does not wait for labels that were lost long ago", () => {
  const buckets = history([1, 1, 0, 1, 1, 1, 1, 0.2]);
  const found = maturity(buckets, HOUR);
  expect(isRipe(found, buckets[2]!)).toBe(true);
  expect(isRipe(found, buckets[7]!)).toBe(false);
});

it("has nothing to wait for in a bucket without predictions", () => {
  const found = maturity(history([1, 1, 1]), HOUR);
  expect(isRipe(found, { startMs: 9 * HOUR, answered: 0, labelled: 0 })).toBe(true);
});

it("is unripe throughout while no label has ever come", () => {
  const buckets = history([0, 0, 0]);
  const found = maturity(buckets, HOUR);
  expect(found.settled).toBeNull();
  expect(buckets.some((bucket) => isRipe(found, bucket))).toBe(false);
});
