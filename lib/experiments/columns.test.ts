import { expect, test } from "vitest";
import { betterExtreme, chooseColumns, figureOf, parseColumn } from "./columns";
import type { ColumnNames } from "./schema";

const NAMES: ColumnNames = {
  metrics: ["acc", "system/cpu", "val/acc", "val/loss"],
  params: ["lr", "model.depth"],
  tags: ["mlflow.user", "team"],
  truncated: false,
};
const ids = (words: string[]) => chooseColumns(words, NAMES).map(({ id }) => id);

test("a column is a kind, a name that may have dots, and for a metric the figure", () => {
  expect(parseColumn("params.model.depth")).toMatchObject({
    kind: "params",
    key: "model.depth",
    value: "last",
  });
  expect(parseColumn("metrics.val/acc@max")).toMatchObject({ key: "val/acc", value: "max" });
  expect(parseColumn("metrics.acc@last")?.id).toBe("metrics.acc");
  for (const wrong of ["acc", "metrics.", "metrics.acc@first", "params.lr@max", "datasets.x"]) {
    expect(parseColumn(wrong), wrong).toBeNull();
  }
});

test("a star stands for every name that starts so; what machines log only where it is named", () => {
  expect(ids(["metrics.*"])).toEqual(["metrics.acc", "metrics.val/acc", "metrics.val/loss"]);
  expect(ids(["metrics.val/*@best", "metrics.val/acc@best", "metrics.acc"])).toEqual([
    "metrics.val/acc@best",
    "metrics.val/loss@best",
    "metrics.acc",
  ]);
  expect(ids(["metrics.system/*", "tags.*"])).toEqual(["metrics.system/cpu", "tags.team"]);
});

test("without a choice there are params, then metrics", () => {
  expect(ids([])).toEqual([
    "params.lr",
    "params.model.depth",
    "metrics.acc",
    "metrics.val/acc",
    "metrics.val/loss",
  ]);
});

test("what is no column is said", () => {
  expect(() => ids(["metric.acc"])).toThrow(/"metric.acc" is no column/);
});

test("best is the least of what is better small, by the words in its name", () => {
  for (const key of ["loss", "val/loss", "valLoss", "RMSE", "log_loss", "mean_squared_error", "eval-wer"]) {
    expect(betterExtreme(key), key).toBe("min");
  }
  for (const key of ["acc", "auc", "f1", "closs", "reward", "glossary"])
    expect(betterExtreme(key), key).toBe("max");
  expect(figureOf({ key: "val/loss", value: "best" })).toBe("min");
  expect(figureOf({ key: "val/loss", value: "max" })).toBe("max");
});
