import { expect, test } from "vitest";
import { EXPONENTIAL } from "@/lib/summaries/binner";
import { countColumn } from "@/lib/summaries/count-column";
import { emptyHistogram } from "@/lib/summaries/histogram";
import { moments } from "./moments";

function momentsOf(...values: number[]) {
  const histogram = emptyHistogram();
  countColumn(histogram, EXPONENTIAL, Float64Array.from(values));
  return moments(histogram);
}

test("moments are those of the values", () => {
  // (1 + 2 + 3)/3 = 2; (1 + 4 + 9)/3 − 4 = 2/3
  expect(momentsOf(1, 2, 3).mean).toBe(2);
  expect(momentsOf(1, 2, 3).deviation).toBeCloseTo(Math.sqrt(2 / 3), 12);
  expect(momentsOf()).toEqual({ mean: null, deviation: null });
  expect(momentsOf(7, 7)).toEqual({ mean: 7, deviation: 0 });
});

test("values whose sum is beyond a double have no mean that could be told, and no wrong one", () => {
  expect(momentsOf(1.7e308, 1.7e308, 1)).toEqual({ mean: null, deviation: null });
  expect(momentsOf(1.7e308, 1.7e308, -1.7e308, -1.7e308)).toEqual({ mean: null, deviation: null });
  expect(momentsOf(1.7e308, 1.7e308)).toEqual({ mean: 1.7e308, deviation: 0 });
  expect(momentsOf(1e200, -1e200)).toEqual({ mean: 0, deviation: null });
});
