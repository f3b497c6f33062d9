import { expect, test } from "vitest";
import { openInNode } from "@/lib/evaluate/engine-node";
import type { EvaluationColumn } from "@/lib/evaluate/input";
import { InputMapping } from "@/lib/evaluate/input-mapping";
import { readModel } from "@/lib/evaluate/read-model";
import { scoreRows } from "@/lib/evaluate/score-rows";
import { onnxModels, readOnnx, readTold, type Told } from "./make-models";

/** 32-bit floats; scikit-learn computes with 64 bits. */
const TOLERANCE = 1e-5;

const folder = await onnxModels();

const columnsOf = ({ columns, labels }: Told): EvaluationColumn[] =>
  [...Object.entries(columns), ["label", labels] as const].map(([name, values]) => {
    if (typeof values[0] === "number") {
      return { kind: "numerical", name, values: Float64Array.from(values as number[]) };
    }
    const dictionary = [...new Set(values as string[])];
    const codes = Int32Array.from(values as string[], (value) => dictionary.indexOf(value));
    return { kind: "categorical", name, codes, dictionary };
  });

async function evaluate(name: string, mapping: object) {
  const told = readTold(folder!, name);
  const model = readModel([readOnnx(folder!, name)]);
  const scorer = await openInNode(model);
  const columns = columnsOf(told);
  const scored = await scoreRows({
    scorer,
    columns,
    label: "label",
    rows: told.labels.length,
    mapping: InputMapping.parse(mapping),
  });
  expect(scorer.tensors()).toBe(0);
  await scorer.dispose();
  return { told, model, ...scored };
}

const numbers = ["distance", "hour", "delay"].map((feature) => ({ kind: "number", feature }));

test.skipIf(!folder).each(["forest", "forest-zipmap"])("%s answers as scikit-learn does", async (name) => {
  const { told, model, outcomes } = await evaluate(name, {
    inputs: numbers,
    output: { kind: "probabilities", classes: ["late", "on_time"], positive_class: "late", tensor: null },
  });
  expect(model.classes).toEqual(told.classes);
  expect(model.notes).toHaveLength(name === "forest-zipmap" ? 1 : 0);
  if (outcomes.task !== "binary") throw new Error(outcomes.task);
  const late = told.classes!.indexOf("late");
  expect(late).toBe(0);
  expect(outcomes.positive).toBe(0);
  told.probabilities!.forEach((row, i) => {
    expect(Math.abs(outcomes.scores![i]! - row[late]!)).toBeLessThan(TOLERANCE);
  });
});

test.skipIf(!folder).each(["logistic", "logistic-zipmap"])(
  "%s, of three classes, answers as scikit-learn does",
  async (name) => {
    const { told, outcomes } = await evaluate(name, {
      inputs: numbers,
      output: { kind: "probabilities", classes: ["0", "1", "2"] },
    });
    if (outcomes.task !== "multiclass") throw new Error(outcomes.task);
    told.probabilities!.flat().forEach((value, i) => {
      expect(Math.abs(outcomes.scores![i]! - value)).toBeLessThan(TOLERANCE);
    });
    expect([...outcomes.labels]).toEqual(told.labels);
  },
);

test.skipIf(!folder)("a label alone is taken where it is asked for", async () => {
  const { told, outcomes } = await evaluate("forest", {
    inputs: numbers,
    output: { kind: "label", classes: ["late", "on_time"], positive_class: "late" },
  });
  if (outcomes.task !== "binary") throw new Error(outcomes.task);
  expect(outcomes.scores).toBeNull();
  const expected = told.probabilities!.map(([late, on_time]) => (late! >= on_time! ? 0 : 1));
  const same = expected.filter((place, i) => outcomes.predictions![i] === place).length;
  expect(same).toBeGreaterThanOrEqual(expected.length - 2);
});

test.skipIf(!folder)("a boosted regression answers as scikit-learn does", async () => {
  const { told, outcomes } = await evaluate("boosted", { inputs: numbers, output: { kind: "value" } });
  if (outcomes.task !== "regression") throw new Error(outcomes.task);
  told.values!.forEach((value, i) => {
    expect(Math.abs(outcomes.predictions[i]! - value)).toBeLessThan(TOLERANCE * 10);
  });
});

test.skipIf(!folder)("a pipeline that reads text beside numbers answers as scikit-learn does", async () => {
  const { told, outcomes } = await evaluate("mixed", {
    inputs: [
      { kind: "text", feature: "airport" },
      { kind: "number", feature: "distance" },
    ],
    output: { kind: "probabilities", classes: ["late", "on_time"], positive_class: "late" },
  });
  if (outcomes.task !== "binary") throw new Error(outcomes.task);
  told.probabilities!.forEach(([late], i) => {
    expect(Math.abs(outcomes.scores![i]! - late!)).toBeLessThan(TOLERANCE);
  });
});

test.skipIf(!folder).each([
  ["external", /the weight "weight" lies in another file \(external data\).*save_as_external_data=False/],
  ["custom", /the node "own" is of the operator "com\.example\.Secret", which is not evaluated here/],
  ["nan", /the weight "weight" holds NaN at place 1/],
])("%s is refused in words", (name, message) => {
  expect(() => readModel([readOnnx(folder!, name)])).toThrow(message);
});

test.skipIf(!folder)(
  "a file that is cut, or a byte of which is changed, is refused or answers, and ends nothing",
  async () => {
    const { bytes } = readOnnx(folder!, "logistic");
    let refusedFiles = 0;
    for (let i = 0; i < 60; i++) {
      const other = i % 2 === 0 ? bytes.subarray(0, Math.floor((bytes.length * i) / 60)) : bytes.slice();
      if (i % 2 === 1) other[(i * 37) % other.length]! ^= 0xff;
      try {
        await (await openInNode(readModel([{ path: "m.onnx", bytes: other }]))).dispose();
      } catch (error) {
        expect(error).toMatchObject({ name: "TidemarkError" });
        refusedFiles++;
      }
    }
    expect(refusedFiles).toBeGreaterThan(30);
  },
);
