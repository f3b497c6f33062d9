import { expect, test } from "vitest";
import { prepareAxis } from "./axis";

test("a linear axis goes from the least to the most", () => {
  const axis = prepareAxis([2, null, 10, Number.NaN, 4])!;
  expect(axis.domain).toEqual([2, 10]);
  expect([2, 6, 10].map(axis.place)).toEqual([0, 0.5, 1]);
  expect(axis.ticks).toEqual([2, 4, 6, 8, 10]);
});

test("a logarithmic one has equal steps for equal factors, and nothing at or below zero", () => {
  const axis = prepareAxis([-5, 0, 1, 1000], { kind: "log" })!;
  expect([1, 10, 100, 1000].map((value) => axis.place(value)!.toFixed(6))).toEqual([
    "0.000000",
    "0.333333",
    "0.666667",
    "1.000000",
  ]);
  expect(axis.place(0)).toBeNull();
  expect(axis.ticks).toEqual([1, 10, 100, 1000]);
  expect(prepareAxis([0.2, 0.9], { kind: "log" })!.ticks).toEqual([0.2, 0.5]);
});

test("one value has room around it, none has no axis", () => {
  const axis = prepareAxis([5])!;
  expect(axis.place(5)).toBeCloseTo(0.5, 9);
  expect(prepareAxis([Number.NaN, null])).toBeNull();
  expect(prepareAxis([-1], { kind: "log" })).toBeNull();
});

test("what is counted has no ticks between two counts", () => {
  expect(prepareAxis([1, 6], { ticks: 2 })!.ticks).toEqual([2.5, 5]);
  expect(prepareAxis([1, 6], { ticks: 2, whole: true })!.ticks).toEqual([2, 4, 6]);
  expect(prepareAxis([1, 2], { ticks: 4, whole: true })!.ticks).toEqual([1, 2]);
});
