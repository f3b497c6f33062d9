import { expect, test } from "vitest";
import { type ContourField, prepareContour } from "./contour";

const at = ({ columns, rows, values }: ContourField, x: number, y: number) =>
  values[Math.round(y * (rows - 1)) * columns + Math.round(x * (columns - 1))] ?? null;

const grid = (n: number, z: (x: number, y: number) => number) =>
  Array.from({ length: n * n }, (_, i) => {
    const x = (i % n) / (n - 1);
    const y = Math.floor(i / n) / (n - 1);
    return { x, y, z: z(x, y) };
  });

test("a plane comes out as a plane, between its own least and most", () => {
  const field = prepareContour(grid(9, (x) => 10 * x))!;
  expect(field.range).toEqual([0, 10]);
  const column = Math.round(0.5 * (field.columns - 1));
  expect(at(field, 0.5, 0.5)!).toBeCloseTo((10 * column) / (field.columns - 1), 1);
  for (const value of field.values) {
    expect(value).not.toBeNull();
    expect(value!).toBeGreaterThanOrEqual(0);
    expect(value!).toBeLessThanOrEqual(10);
  }
});

test("a level line of a plane along x is upright, where the plane has that height", () => {
  const { lines } = prepareContour(grid(9, (x) => 7 * x))!;
  const middle = lines[2]!;
  expect(middle.level).toBeCloseTo(3, 9);
  const xs = middle.segments.flatMap(([x1, , x2]) => [x1, x2]);
  expect(xs.length).toBeGreaterThan(50);
  for (const x of xs) expect(Math.abs(x - 3 / 7)).toBeLessThan(0.04);
});

test("nothing is drawn where no point is near", () => {
  const corner = grid(5, (x, y) => x + y).map(({ x, y, z }) => ({ x: x / 4, y: y / 4, z }));
  const field = prepareContour([...corner, { x: 1, y: 1, z: 3 }])!;
  expect(at(field, 0.1, 0.1)).not.toBeNull();
  expect(at(field, 1, 1)).not.toBeNull();
  expect(at(field, 0.7, 0.3)).toBeNull();
  expect(field.reach).toBeLessThan(0.12);
});

test("too few places, or places on one line, span nothing; repeats are one place", () => {
  const one = { x: 0, y: 0, z: 1 };
  expect(prepareContour([one, one, one, { x: 1, y: 0, z: 2 }, { x: 1, y: 1, z: 2 }])).toBeNull();
  expect(prepareContour([0, 0.3, 0.6, 1].map((x) => ({ x, y: 0.5, z: x })))).toBeNull();
});
