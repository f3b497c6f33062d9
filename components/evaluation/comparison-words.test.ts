import { expect, test } from "vitest";
import type { EvaluationComparison } from "@/lib/evaluate/schema";
import { comparisonWords, standingOf } from "./comparison-words";
import { measured, writeDifference, writeInterval, writePoints, writeTerm } from "./metric-words";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const row = (
  value: number,
  low: number | null,
  high: number | null,
  better: "higher" | "lower" = "higher",
) => ({
  champion: 0.7,
  challenger: 0.7 + value,
  difference: { value, low, high },
  p_value: 0.003,
  better,
});
const comparison: EvaluationComparison = {
  task: "binary",
  n: 1_000,
  metrics: { auc: row(0.02, 0.01, 0.03) },
  disagreement: {
    both_right: 700,
    only_champion: 80,
    only_challenger: 120,
    both_wrong: 100,
    p_exact: 0.0057,
    statistic: 7.6,
    p_corrected: 0.0058,
  },
};

test("ahead is who is better by more than the interval, whichever way better is", () => {
  expect(standingOf(row(0.02, 0.01, 0.03))).toBe("better");
  expect(standingOf(row(0.02, 0.01, 0.03, "lower"))).toBe("worse");
  expect(standingOf(row(-0.02, -0.03, -0.01, "lower"))).toBe("better");
  expect(standingOf(row(0.02, -0.01, 0.05))).toBe("unclear");
  expect(standingOf(row(0, null, null))).toBe("same");
});

test("a comparison is said in words", () => {
  expect(comparisonWords(comparison, ["v3", "v4"]).map(plain)).toEqual([
    "v4 is better: its ROC AUC differs by +0.020 (95 % interval +0.010 to +0.030, p 0.003).",
    "On 20 % of the rows one is right and the other wrong: 120 times v4 is right, 80 times v3 (McNemar, exact p 0.006).",
  ]);
  const unclear = { ...comparison, metrics: { auc: row(0.001, -0.01, 0.012) } };
  expect(plain(comparisonWords(unclear, ["v3", "v4"])[0]!)).toMatch(
    /^These 1,000 rows do not tell which is better/,
  );
});

test("metrics stand in their order, without those that were not measured", () => {
  const estimate = { value: 1, low: 0.5, high: 2 };
  const metrics = {
    zeta: estimate,
    f1: estimate,
    auc: estimate,
    log_loss: { value: null, low: null, high: null },
  };
  expect(measured(metrics)).toEqual(["auc", "f1", "zeta"]);
});

test("differences keep their sign, and nothing is written as nothing", () => {
  expect(writeDifference(-0.0213)).toBe("−0.021");
  expect(writeDifference(0.00001)).toBe("0.000");
  expect(writePoints(0.0213)).toBe("+2.1 pp");
  expect(writePoints(-0.0001)).toBe("0.0 pp");
  expect(writeInterval("auc", { value: 1, low: null, high: null })).toBe("–");
  expect(writeTerm({ feature: "hour", value: "[1, 2)" })).toBe("hour in [1, 2)");
  expect(writeTerm({ feature: "carrier", value: null })).toBe("carrier missing");
});
