import { expect, test } from "vitest";
import { prepareParallel } from "./parallel";

const write = String;

test("numbers stand by their size, categories by name, and what is missing nowhere", () => {
  const { axes, lines } = prepareParallel(
    [
      { id: "lr", numeric: true, values: [1, 3, null] },
      { id: "kind", numeric: false, values: ["b", "a", "c"] },
      { id: "acc", numeric: true, values: [0, 1, 0.5] },
    ],
    { write },
  );
  expect(axes.map(({ x }) => x)).toEqual([0, 0.5, 1]);
  expect(lines).toEqual([
    { at: [0, 0.5, 0], end: 0 },
    { at: [1, 0, 1], end: 1 },
    { at: [null, 1, 0.5], end: 0.5 },
  ]);
  expect(axes[1]!.marks).toEqual([
    { y: 0, text: "a" },
    { y: 0.5, text: "b" },
    { y: 1, text: "c" },
  ]);
});

test("an axis may be logarithmic", () => {
  const { lines } = prepareParallel([{ id: "lr", numeric: true, values: [0.001, 0.01, 0.1, 0] }], {
    write,
    kindOf: () => "log",
  });
  expect(lines.map(({ at }) => at[0] && Number(at[0].toFixed(9)))).toEqual([0, 0.5, 1, null]);
});

test("no axes, no lines", () => {
  expect(prepareParallel([], { write })).toEqual({ axes: [], lines: [] });
});
