import { expect, test } from "vitest";
import { prepareBand } from "./bands";
import type { CurveInput } from "./curves";

const curve = (steps: number[], values: (number | null)[]): CurveInput => ({
  run_id: "",
  steps,
  times: steps,
  values,
  smoothed: null,
});

test("by hand: runs at 1 and 3 have mean 2 and reach 12.706 standard errors of 1 to each side", () => {
  const [first, middle] = prepareBand([curve([0, 2], [1, 1]), curve([0, 2], [3, 3])], "step", 3);
  // s² = 2, s / √2 = 1; one degree of freedom.
  expect(first).toMatchObject({ x: 0, mean: 2, runs: 2 });
  expect(first!.low).toBeCloseTo(2 - 12.7062047362, 6);
  expect(middle!.high).toBeCloseTo(2 + 12.7062047362, 6);
});

test("between points a line, beyond a run's end nothing", () => {
  const band = prepareBand([curve([0, 4], [0, 8]), curve([0, 2], [0, 0])], "step", 5);
  expect(band.map(({ x, mean, runs }) => [x, mean, runs])).toEqual([
    [0, 0, 2],
    [1, 1, 2],
    [2, 2, 2],
    [3, 6, 1],
    [4, 8, 1],
  ]);
  expect(band[4]).toMatchObject({ low: null, high: null });
});

test("equal runs have a band of no width, nothing has none", () => {
  const [point] = prepareBand([curve([0, 1], [5, 5]), curve([0, 1], [5, 5])], "step", 2);
  expect(point).toMatchObject({ mean: 5, low: 5, high: 5 });
  expect(prepareBand([curve([0], [null])], "step")).toEqual([]);
});
