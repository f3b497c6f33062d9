import fc from "fast-check";
import { expect, it } from "vitest";
import { benjaminiHochberg } from "./benjamini-hochberg";
import { expectClose, expectFivePercent, rate, seeded, vectors } from "./test-support";

it("equals scipy.stats.false_discovery_control", () => {
  for (const { pValues, qValues } of vectors<{ pValues: number[]; qValues: number[] }>(
    "benjamini-hochberg",
  )) {
    benjaminiHochberg(pValues).forEach((q, i) => {
      expectClose(q, qValues[i]!);
    });
  }
});

it("follows by hand, and leaves out what was not tested", () => {
  // 0.01·3/1 = 0.03; 0.03·3/2 = 0.045 is capped by 0.04·3/3
  expect(benjaminiHochberg([0.01, 0.04, null, 0.03])).toEqual([0.03, 0.04, null, 0.04]);
  expect(benjaminiHochberg([])).toEqual([]);
  expect(benjaminiHochberg([null])).toEqual([null]);
});

it("never lowers a p-value, keeps their order, and follows its input's order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (p) => {
      const q = benjaminiHochberg(p) as number[];
      p.forEach((value, i) => {
        expect(q[i]!).toBeGreaterThanOrEqual(value * (1 - 1e-15));
        p.forEach((other, j) => {
          if (value <= other) expect(q[i]!).toBeLessThanOrEqual(q[j]!);
        });
      });
      expect(benjaminiHochberg([...p].reverse())).toEqual([...q].reverse());
    }),
  );
});

it("raises one alarm in 5 % of quiet windows of 20 features, where plain p < 0.05 does in 64 %", () => {
  const random = seeded(5);
  const runs = 4_000;
  let plain = 0;
  const observed = rate(runs, () => {
    const p = Array.from({ length: 20 }, random);
    if (p.some((value) => value < 0.05)) plain++;
    return benjaminiHochberg(p).some((q) => q! < 0.05);
  });
  expectFivePercent(observed, runs);
  expect(plain / runs).toBeGreaterThan(0.6);
});
