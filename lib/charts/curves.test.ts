import { expect, test } from "vitest";
import { alongX, type CurveInput, nearestPoint, prepareCurves } from "./curves";

const curve = (values: (number | null)[], over: Partial<CurveInput> = {}): CurveInput => ({
  run_id: "a",
  steps: values.map((_, step) => step),
  times: values.map((_, step) => 1000 + step * 10),
  values,
  smoothed: null,
  ...over,
});
const SIZE = { axis: "step", width: 100, height: 100 } as const;

test("relative time begins with the run's first point, whatever the order", () => {
  expect(alongX({ steps: [0, 1], times: [30, 10] }, "relative")).toEqual([20, 0]);
  expect(alongX({ steps: [4, 5], times: [30, 10] }, "step")).toEqual([4, 5]);
});

test("a value that is missing is a gap, and a point alone is a dot", () => {
  const drawn = prepareCurves([curve([1, 2, null, 3, null])], SIZE)!;
  const [only] = drawn.curves;
  expect(only!.path.match(/M/g)).toHaveLength(2);
  expect(only!.dots.map(({ at }) => at)).toEqual([3]);
  expect(only!.points).toHaveLength(3);
});

test("a logarithmic axis leaves out what it cannot show, and says how many", () => {
  const drawn = prepareCurves([curve([0, 1, 10, -1])], { ...SIZE, yKind: "log" })!;
  expect(drawn.hidden).toBe(2);
  expect(drawn.curves[0]!.points.map(({ value }) => value)).toEqual([1, 10]);
});

test("the smoothed course is what is read off, the logged one stays behind it", () => {
  const drawn = prepareCurves([curve([0, 10], { smoothed: [0, 5] })], SIZE)!;
  expect(drawn.curves[0]!.smoothPath).toMatch(/^M.*L/);
  expect(drawn.curves[0]!.points.map(({ value }) => value)).toEqual([0, 5]);
});

test("the nearest point of all lines, within reach", () => {
  const drawn = prepareCurves([curve([0, 0]), curve([9, 9], { run_id: "b" })], SIZE)!;
  expect(nearestPoint(drawn.curves, { x: 98, y: 12 })).toMatchObject({ run_id: "b", point: { at: 1 } });
  expect(nearestPoint(drawn.curves, { x: 50, y: 50 }, 10)).toBeNull();
});

test("nothing finite is no chart", () => {
  expect(prepareCurves([curve([null, null])], SIZE)).toBeNull();
  expect(prepareCurves([], SIZE)).toBeNull();
});
