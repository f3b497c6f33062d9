import { expect, test } from "vitest";
import { completeFilter } from "./complete";

const NAMES = { metrics: ["acc", "val/acc", "top 5"], params: ["lr"], tags: ["team.name"] };
const at = (text: string) => completeFilter(text, text.length, NAMES);
const options = (text: string) => at(text).options;

test("names come first, those that start so before those that hold it", () => {
  expect(options("metrics.a")).toEqual(["metrics.acc"]);
  expect(options("acc")).toEqual(["metrics.acc", "metrics.val/acc"]);
  expect(options("status = 'FAILED' AND (par")).toEqual(["params.lr"]);
  expect(at("status = 'FAILED' and lr")).toEqual({ from: 22, to: 24, options: ["params.lr"] });
  expect(options("")[0]).toBe("attributes.run_name");
});

test("a name that the grammar would cut is put in backticks", () => {
  expect(options("top")).toEqual(["metrics.`top 5`"]);
  expect(options("metrics.`to")).toEqual(["metrics.`top 5`"]);
});

test("after a name come the operators of its kind", () => {
  expect(options("metrics.acc ")[0]).toBe("<");
  expect(options("metrics.acc >")).toEqual([">", ">="]);
  expect(options("params.lr ")).toContain("ILIKE");
  expect(options("tags.team.name I")).toEqual(["ILIKE", "IN", "IS NULL", "IS NOT NULL", "LIKE"]);
});

test("after a value comes AND or OR, and a status is one of five", () => {
  expect(options("metrics.acc > 0.9 ")).toEqual(["AND", "OR"]);
  expect(options("metrics.acc > 0.9 O")).toEqual(["OR"]);
  expect(options("status IN ('FAILED', 'KILLED') ")).toEqual(["AND", "OR"]);
  expect(options("params.lr IS NOT NULL ")).toEqual(["AND", "OR"]);
  expect(options("attributes.status = ")).toContain("'FAILED'");
  expect(options("metrics.acc > ")).toEqual([]);
});

test("inside quotes, and after what cannot be read, nothing is offered", () => {
  expect(options("params.lr = 'ac")).toEqual([]);
  expect(options("§ acc")).toEqual([]);
});
