import { expect, test } from "vitest";
import { describeColumn } from "./describe-columns";
import { guessMapping } from "./guess-mapping";
import type { EvaluationColumn } from "./input";

const model = {
  inputs: [{ name: "x", type: "float32" as const, shape: [1], width: 1 }],
  outputs: [{ name: "p", type: "float32" as const, shape: [12], width: 12 }],
};
const feature: EvaluationColumn = { kind: "numerical", name: "x", values: Float64Array.of(0.5) };
const labelled = (names: string[]): EvaluationColumn => ({
  kind: "categorical",
  name: "label",
  dictionary: names,
  codes: Int32Array.from(names, (_, code) => code),
});
const classesOf = (label: EvaluationColumn, classes: string[] | null = null) =>
  guessMapping({ ...model, classes }, [feature, label].map(describeColumn), { label: "label" }).output
    .classes;

const TWELVE = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"];

test("classes of numbers are in the order of the numbers", () => {
  const values = Float64Array.from(TWELVE, Number).reverse();
  expect(classesOf({ kind: "numerical", name: "label", values })).toEqual(TWELVE);
  expect(classesOf(labelled([...TWELVE].reverse()))).toEqual(TWELVE);
  expect(classesOf(labelled(["10", "-2.5", "1e0"]))).toEqual(["-2.5", "1e0", "10"]);
});

test("other classes are in the order of their text, and those that the model names stay as they are", () => {
  expect(classesOf(labelled(["none", "10", "9"]))).toEqual(["10", "9", "none"]);
  expect(classesOf(labelled(["b", "a"]), ["b", "a"])).toEqual(["b", "a"]);
});
