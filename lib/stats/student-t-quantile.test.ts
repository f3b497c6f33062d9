import { expect, test } from "vitest";
import { studentT975 } from "./student-t-quantile";

test("as scipy.stats.t.ppf(0.975, df)", () => {
  expect(studentT975(1)).toBeCloseTo(12.7062047362, 9);
  expect(studentT975(10)).toBeCloseTo(2.228138852, 9);
  expect(Math.abs(studentT975(31) - 2.039513446396408)).toBeLessThan(1e-10);
  expect(Math.abs(studentT975(60) - 2.0002978220142604)).toBeLessThan(1e-10);
  expect(Math.abs(studentT975(1000) - 1.9623390808264078)).toBeLessThan(1e-10);
});

test("falls towards the normal quantile, and there is none without freedom", () => {
  for (let df = 1; df < 200; df++) expect(studentT975(df + 1)).toBeLessThan(studentT975(df));
  expect(studentT975(1e9)).toBeCloseTo(1.959963984540054, 8);
  expect(studentT975(0)).toBeNaN();
});
