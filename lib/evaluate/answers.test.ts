import { expect, test } from "vitest";
import { Gathered } from "./answers";
import type { EvaluationColumn } from "./input";
import { OutputMapping } from "./input-mapping";

type Batch = { values: number[] | string[]; refused?: number[] };

/** What becomes of labels that come batch by batch. */
function predictionsOf(classes: string[], batches: Batch[]): number[] {
  const rows = batches.reduce((sum, { values }) => sum + values.length, 0);
  const gathered = new Gathered(OutputMapping.parse({ kind: "label", classes }), rows);
  let from = 0;
  for (const { values, refused = [] } of batches) {
    const isText = typeof values[0] === "string";
    const answers = isText ? (values as string[]) : Float64Array.from(values as number[]);
    const bad = Uint8Array.from(values.keys(), (i) => Number(refused.includes(i)));
    gathered.add({ name: "label", width: 1, values: answers }, from, values.length, bad);
    from += values.length;
  }
  const label: EvaluationColumn = {
    kind: "categorical",
    name: "label",
    dictionary: classes,
    codes: new Int32Array(rows),
  };
  const outcomes = gathered.outcomes(label);
  return [...outcomes.predictions!];
}

test.each<[string, string[], Batch[], number[]]>([
  ["names", ["1", "2", "3"], [{ values: [1, 2] }, { values: [3, 1] }], [0, 1, 2, 0]],
  [
    "places, of which one shows in the last batch",
    ["1", "2", "3"],
    [{ values: [1, 2] }, { values: [0] }],
    [1, 2, 0],
  ],
  ["places that are all names as well", ["1", "2", "3"], [{ values: [1, 2] }], [0, 1]],
  ["names in another order than their numbers", ["1", "0"], [{ values: [0, 1] }], [1, 0]],
  ["signs, as of a support vector machine", ["-1", "1"], [{ values: [1, -1] }], [1, 0]],
  ["names with a point", ["1.0", "2.0"], [{ values: [1, 2] }], [0, 1]],
  ["places of classes that are words", ["a", "b", "c"], [{ values: [2, 0, 1] }], [2, 0, 1]],
  ["texts, which are names", ["1", "2", "3"], [{ values: ["3", "1"] }], [2, 0]],
  ["a text with the space of the training data", [">50K", "<=50K"], [{ values: [" <=50K"] }], [1]],
  ["places beside a refused row", ["1", "2"], [{ values: [7, 1, 0], refused: [0] }], [Number.NaN, 1, 0]],
  ["names beside a refused row", ["1", "2"], [{ values: [0, 1, 2], refused: [0] }], [Number.NaN, 0, 1]],
])("labels are read alike in all batches: %s", (_, classes, batches, expected) => {
  expect(predictionsOf(classes, batches)).toEqual(expected);
});

test.each<[string[], Batch[], RegExp]>([
  [["1", "2", "3"], [{ values: [4] }], /answers "4", which is none of the classes "1", "2", "3": list all/],
  [["1", "2"], [{ values: ["0"] }], /answers "0", which is none of the classes/],
  [
    ["1", "2"],
    [{ values: [2] }, { values: [0] }],
    /answers 0, which is none of .* but the place of one, and 2, /,
  ],
  [["a", "b"], [{ values: [0.5] }], /answers "0.5", which is none/],
  [["a", "b"], [{ values: [Number.NaN] }], /answers "NaN", which is none/],
])("of the classes %j an answer that is none is refused", (classes, batches, message) => {
  expect(() => predictionsOf(classes, batches)).toThrow(message);
});
