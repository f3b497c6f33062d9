import { expect, test } from "vitest";
import { thinKeepingExtremes } from "./thin";

const line = (n: number) => Array.from({ length: n }, (_, i) => Math.sin(i / 50));

test("a short line stays whole", () => {
  expect(thinKeepingExtremes([3, 1, 2], 3)).toEqual([0, 1, 2]);
  expect(thinKeepingExtremes([], 10)).toEqual([]);
});

test("a spike of one point in a hundred thousand stays, up or down", () => {
  const values = line(100_000);
  values[54_321] = 9;
  values[12_345] = -9;
  const kept = thinKeepingExtremes(values, 600);
  expect(kept.length).toBeLessThanOrEqual(600);
  expect(kept).toContain(54_321);
  expect(kept).toContain(12_345);
  expect([kept[0], kept.at(-1)]).toEqual([0, 99_999]);
  expect(kept).toEqual([...kept].sort((a, b) => a - b));
});

test("by hand: of two runs the lowest and highest each", () => {
  // Runs [5 1 9 4] and [2 8 0 3 3], and the two ends.
  expect(thinKeepingExtremes([5, 1, 9, 4, 2, 8, 0, 3, 3], 8)).toEqual([0, 1, 2, 5, 6, 8]);
});

test("a gap stays a gap", () => {
  const values = line(10_000);
  values[5000] = Number.NaN;
  expect(thinKeepingExtremes(values, 300)).toContain(5000);
});
