import { expect, it } from "vitest";
import { expectClose, expectFivePercent, rate, seeded, vectors } from "./test-support";
import { twoProportions } from "./two-proportions";
import { wilsonInterval } from "./wilson-interval";

type Case = {
  hits: number;
  n: number;
  lower: number;
  upper: number;
  otherHits: number;
  otherN: number;
  z: number;
  pValue: number;
};

it("equals scipy's Wilson interval and z", () => {
  for (const c of vectors<Case>("proportions")) {
    const interval = wilsonInterval(c)!;
    expectClose(interval.lower, c.lower, { floor: 1e-15 });
    expectClose(interval.upper, c.upper);
    const test = twoProportions({ reference: c, current: { hits: c.otherHits, n: c.otherN } })!;
    expectClose(test.z, c.z, { floor: 1e-12 });
    expectClose(test.pValue, c.pValue);
  }
});

it("follows by hand: 1 in 4 against 3 in 4", () => {
  const { z, difference } = twoProportions({ reference: { hits: 1, n: 4 }, current: { hits: 3, n: 4 } })!;
  expectClose(z, 0.5 / Math.sqrt(0.5 * 0.5 * 0.5));
  expect(difference).toBe(0.5);
});

it("is even-handed, finds nothing between equal rates, and measures nothing without rows", () => {
  const sides = { reference: { hits: 3, n: 50 }, current: { hits: 9, n: 70 } };
  const back = twoProportions({ reference: sides.current, current: sides.reference })!;
  expectClose(back.z, -twoProportions(sides)!.z);
  const equal = { reference: { hits: 2, n: 10 }, current: { hits: 4, n: 20 } };
  expect(twoProportions(equal)).toMatchObject({ z: 0, pValue: 1 });
  const never = { reference: { hits: 0, n: 10 }, current: { hits: 0, n: 20 } };
  expect(twoProportions(never)).toEqual({ z: 0, pValue: 1, difference: 0 });
  expect(twoProportions({ reference: { hits: 0, n: 0 }, current: { hits: 1, n: 2 } })).toBeNull();
  expect(wilsonInterval({ hits: 0, n: 0 })).toBeNull();
});

it("fires on 5 % of quiet windows of unequal size, and the interval misses the truth as often", () => {
  const random = seeded(3);
  const hits = (n: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) if (random() < 0.2) sum++;
    return { hits: sum, n };
  };
  const runs = 3_000;
  const fired = rate(runs, () => twoProportions({ reference: hits(900), current: hits(140) })!.pValue < 0.05);
  expectFivePercent(fired, runs, 0.005);
  const missed = rate(runs, () => {
    const { lower, upper } = wilsonInterval(hits(300))!;
    return lower > 0.2 || upper < 0.2;
  });
  expectFivePercent(missed, runs, 0.005);
});
