import { expect, it } from "vitest";
import { chiSquareQuantile, chiSquareUpperTail, normalQuantile, normalTwoSidedTail } from "./distributions";

it("knows the textbook 5 % points", () => {
  expect(chiSquareUpperTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
  expect(chiSquareQuantile(0.95, 1)).toBeCloseTo(3.841458820694124, 9);
  expect(normalTwoSidedTail(1.959963984540054)).toBeCloseTo(0.05, 12);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
});

it("keeps its digits far out in the tail", () => {
  expect(chiSquareUpperTail(1000, 3) / 1.7948e-216).toBeCloseTo(1, 0);
  expect(normalTwoSidedTail(10) / 1.5239706048321e-23).toBeCloseTo(1, 9);
});
