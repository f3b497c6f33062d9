import { expect, test } from "vitest";
import { runOf } from "./compare.fixture";
import { differencesOf } from "./difference";
import { dimensionsOf } from "./dimensions";
import { paramImportance, rankCorrelation } from "./importance";

test("a param whose values all read as numbers is one; a metric that is not finite is missing", () => {
  const dimensions = dimensionsOf([
    runOf("a", { lr: "1e-2", kind: "tree", seed: "7" }, { acc: 0.5, "system/cpu": 3 }),
    runOf("b", { lr: "0.1", kind: "3", seed: "7" }, { acc: "NaN" }),
  ]);
  expect(dimensions.map(({ id, numeric, values, varies }) => [id, numeric, values, varies])).toEqual([
    ["params.kind", false, ["tree", "3"], true],
    ["params.lr", true, [0.01, 0.1], true],
    ["params.seed", true, [7, 7], false],
    ["metrics.acc", true, [0.5, null], true],
  ]);
});

test("differences stand in their sections, and say which rows differ", () => {
  const inputs = (digest: string) => [
    {
      name: "flights",
      digest,
      source_type: "",
      source: "",
      schema: null,
      profile: null,
      context: "training",
    },
  ];
  const sections = differencesOf([
    runOf("a", { lr: "0.1", seed: "7" }, { acc: 0.5 }, { inputs: inputs("aa") }),
    runOf(
      "b",
      { seed: "7" },
      { acc: 0.5 },
      {
        inputs: inputs("bb"),
        tags: [
          { key: "mlflow.source.git.commit", value: "c0ffee" },
          { key: "mlflow.log-model.history", value: "[]" },
        ],
      },
    ),
  ]);
  const rows = Object.fromEntries(sections.map(({ title, rows }) => [title, rows]));
  expect(Object.keys(rows)).toEqual(["Params", "Metrics, last", "Data", "Environment"]);
  expect(rows.Params).toEqual([
    { key: "lr", values: ["0.1", null], differs: true },
    { key: "seed", values: ["7", "7"], differs: false },
  ]);
  expect(rows.Data).toEqual([{ key: "flights (training)", values: ["aa", "bb"], differs: true }]);
  expect(rows.Environment!.map(({ key, differs }) => [key, differs])).toEqual([
    ["mlflow.source.git.commit", true],
    ["status", false],
    ["user", false],
  ]);
});

test("a sweep's metric depends on what it was made of, and the sign says which way", () => {
  const runs = Array.from({ length: 24 }, (_, i) =>
    runOf(
      `r${i}`,
      { depth: String(i % 6), kind: i % 2 ? "a" : "b", seed: "7" },
      { loss: 10 - (i % 6) + (i % 3) / 50 },
    ),
  );
  const dimensions = dimensionsOf(runs);
  const found = paramImportance(dimensions, dimensions.find(({ id }) => id === "metrics.loss")!)!;
  expect(found.runs).toBe(24);
  expect(found.params.map(({ key }) => key)).toEqual(["depth", "kind"]);
  expect(found.params[0]!.importance).toBeGreaterThan(1);
  expect(found.params[0]!.correlation).toBeLessThan(-0.9);
  expect(found.params[1]!.correlation).toBeNull();
  expect(paramImportance(dimensions, { ...dimensions.at(-1)!, values: [1, 2, 3] })).toBeNull();
});

test("rank correlation by hand, with a tie, and of what does not vary", () => {
  expect(rankCorrelation([1, 2, 3], [10, 20, 5])).toBeCloseTo(-0.5, 12);
  // Ranks 1, 2.5, 2.5 and 1, 2, 3: 1.5 / √(1.5 · 2).
  expect(rankCorrelation([1, 2, 2], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(3), 12);
  expect(rankCorrelation([1, 1], [1, 2])).toBeNull();
});
