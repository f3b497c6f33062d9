import { expect, it } from "vitest";
import { addLatency, describeLatency, noLatency, quantiles } from "./latency";

const of = (values: readonly number[]) => {
  const latency = noLatency();
  for (const value of values) addLatency(latency, value);
  return latency;
};

it("is within 1.1 % of the raw rows' quantiles", () => {
  const values = Array.from({ length: 1000 }, (_, i) => 0.5 * 1.008 ** i);
  const found = describeLatency(of(values))!;
  for (const [name, rank] of [
    ["p50", 499],
    ["p95", 949],
    ["p99", 989],
  ] as const) {
    expect(Math.abs(found[name] / values[rank]! - 1)).toBeLessThan(0.0111);
  }
  expect(found.mean).toBeCloseTo(values.reduce((a, b) => a + b) / 1000, 9);
});

it("is null without a row, and zero where every row took no time", () => {
  expect(describeLatency(noLatency())).toBeNull();
  expect(quantiles(of([0, 0]), [0.5])).toEqual([0]);
});
