import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { openInNode } from "./engine-node";
import type { EvaluationColumn } from "./input";
import { InputMapping } from "./input-mapping";
import { modelHash, sha256 } from "./model-files";
import { FLIGHT_MAPPING, flights, graphModel, modelJson, perceptron } from "./models.fixture";
import { readModel } from "./read-model";
import { scoreRows } from "./score-rows";
import { startTensorflow } from "./tensorflow-node";

const scoresOf = async (
  files: Parameters<typeof readModel>[0],
  columns = flights(1000),
  mapping = FLIGHT_MAPPING,
) => {
  const scorer = await openInNode(readModel(files));
  try {
    const rows = columns[0]!.kind === "numerical" ? columns[0]!.values.length : columns[0]!.codes.length;
    return await scoreRows({ scorer, mapping, columns, label: "label", rows });
  } finally {
    await scorer.dispose();
  }
};
const scoreList = (scored: Awaited<ReturnType<typeof scoreRows>>) =>
  scored.outcomes.task === "regression" ? scored.outcomes.predictions : scored.outcomes.scores!;

test("a perceptron answers as hand arithmetic does", async () => {
  const { files } = await perceptron();
  const scored = await scoresOf(files, flights(20));
  const data = Buffer.concat(files.slice(1).map(({ bytes }) => Buffer.from(bytes)));
  const w = new Float32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  const [distance, delay, origin] = flights(20);
  for (let row = 0; row < 20; row++) {
    const x = [
      (Math.log((distance as { values: Float64Array }).values[row]!) - 6.5) / 0.7,
      Math.asinh((delay as { values: Float64Array }).values[row]! / 10),
      ...((origin as { codes: Int32Array }).codes[row] === 1 ? [1, 0] : [0, 1]),
    ];
    const hidden = Array.from({ length: 8 }, (_, unit) =>
      Math.max(
        0,
        x.reduce((sum, value, i) => sum + value * w[i * 8 + unit]!, w[32 + unit]!),
      ),
    );
    const logit = hidden.reduce((sum, value, unit) => sum + value * w[40 + unit]!, w[48]!);
    expect(scoreList(scored)[row]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 5);
  }
  expect(scored.outcomes).toMatchObject({
    task: "binary",
    classes: ["on_time", "late"],
    positive: 1,
    threshold: 0.5,
  });
});

test("the same model in shards, in a zip, in a folder, in any order answers alike and has one hash", async () => {
  const { files } = await perceptron();
  const expected = scoreList(await scoresOf(files));
  const zip = zipSync(Object.fromEntries(files.map(({ path, bytes }) => [`export/${path}`, bytes])));
  const others = [
    [...files].reverse(),
    files.map((file) => ({ ...file, path: `m/${file.path}` })),
    [{ path: "model.zip", bytes: zip }],
    [...files, { path: "README.md", bytes: new Uint8Array(10) }],
  ];
  for (const other of others) expect(scoreList(await scoresOf(other))).toEqual(expected);
  const hashes = await Promise.all([files, ...others].map((each) => modelHash(readModel(each).files)));
  expect(new Set(hashes).size).toBe(1);
  expect(hashes[0]).toBe(await sha256(Buffer.concat(files.map(({ bytes }) => Buffer.from(bytes)))));
});

test("shards come in the manifest's order, whatever their names sort as", async () => {
  const { json, files } = await perceptron({ shards: 2 });
  const expected = scoreList(await scoresOf(files));
  const renamed = structuredClone(json);
  renamed.weightsManifest[0]!.paths = ["z.bin", "a.bin"];
  const [, first, second] = files;
  const swapped = [
    modelJson(renamed),
    { path: "a.bin", bytes: second!.bytes },
    { path: "z.bin", bytes: first!.bytes },
  ];
  expect(scoreList(await scoresOf(swapped))).toEqual(expected);
});

test("a model as Keras 3 writes it is the same model", async () => {
  const { json, files } = await perceptron();
  const expected = scoreList(await scoresOf(files));
  const sequential = { name: "sequential_7" };
  const dtype = {
    module: "keras",
    class_name: "DTypePolicy",
    config: { name: "float32" },
    registered_name: null,
  };
  const dense = (name: string, units: number, activation: string) => ({
    module: "keras.layers",
    class_name: "Dense",
    config: { name, trainable: true, dtype, units, activation, use_bias: true },
    registered_name: null,
    build_config: {},
  });
  const keras3 = structuredClone(json);
  const input = {
    class_name: "InputLayer",
    config: { batch_shape: [null, 4], dtype: "float32", sparse: false, name: "input" },
  };
  keras3.modelTopology = {
    keras_version: "3.5.0",
    backend: "tensorflow",
    model_config: {
      class_name: "Sequential",
      config: {
        ...sequential,
        dtype,
        layers: [input, dense("hidden", 8, "relu"), dense("answer", 1, "sigmoid")],
      },
    },
  };
  for (const weight of keras3.weightsManifest[0]!.weights) weight.name = `sequential_7/${weight.name}`;
  expect(scoreList(await scoresOf([modelJson(keras3), ...files.slice(1)]))).toEqual(expected);

  const tensor = (name: string, size: number) => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, size], dtype: "float32", keras_history: [name, 0, 0] },
  });
  const functional = structuredClone(json);
  const named = <Layer extends object>(layer: Layer, name: string, ...from: object[]) => ({
    ...layer,
    name,
    inbound_nodes: from.map((one) => ({ args: [one], kwargs: {} })),
  });
  functional.modelTopology = {
    model_config: {
      class_name: "Functional",
      config: {
        name: "functional",
        layers: [
          named(input, "input"),
          named(dense("hidden", 8, "relu"), "hidden", tensor("input", 4)),
          named(dense("answer", 1, "sigmoid"), "answer", tensor("hidden", 8)),
        ],
        input_layers: ["input", 0, 0],
        output_layers: ["answer", 0, 0],
      },
    },
  };
  expect(scoreList(await scoresOf([modelJson(functional), ...files.slice(1)]))).toEqual(expected);
});

test("a graph model answers as hand arithmetic does", async () => {
  const columns: EvaluationColumn[] = [
    { kind: "numerical", name: "a", values: Float64Array.of(1, 2, 3) },
    { kind: "numerical", name: "b", values: Float64Array.of(0, 1, -1) },
    { kind: "numerical", name: "label", values: Float64Array.of(0, 1, 1) },
  ];
  const mapping = InputMapping.parse({
    inputs: [
      { kind: "number", feature: "a" },
      { kind: "number", feature: "b" },
    ],
    output: { kind: "probability", classes: ["0", "1"] },
  });
  const scored = await scoresOf(graphModel(), columns, mapping);
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  [sigmoid(0.5), sigmoid(0), sigmoid(2.5)].forEach((expected, row) => {
    expect(scoreList(scored)[row]).toBeCloseTo(expected, 6);
  });
  expect([...scored.outcomes.labels]).toEqual([0, 1, 1]);
});

test("rows that cannot be encoded are refused one by one, and said", async () => {
  const columns = flights(100);
  const strict = structuredClone(FLIGHT_MAPPING);
  strict.inputs[2] = { kind: "one_hot", feature: "origin", categories: ["LAX", "ORD"], other: "refuse" };
  (columns[0] as { values: Float64Array }).values[3] = Number.NaN;
  (columns[0] as { values: Float64Array }).values[5] = -1;
  const { files } = await perceptron();
  const { refused, outcomes } = await scoresOf(files, columns, strict);
  expect(refused.rows).toBe(52);
  expect(refused.first.slice(0, 4)).toEqual([
    { row: 3, feature: "distance", message: "is missing, and the mapping has no value for that" },
    { row: 5, feature: "distance", message: "is -1, of which the mapping (log) makes no number" },
    {
      row: 0,
      feature: "origin",
      message: 'is "JFK", which is none of the categories that the mapping lists',
    },
    {
      row: 2,
      feature: "origin",
      message: 'is "JFK", which is none of the categories that the mapping lists',
    },
  ]);
  const scores = (outcomes as { scores: Float64Array }).scores;
  expect([...scores].filter(Number.isNaN)).toHaveLength(52);
});

test.each(["zeros", "column", "refuse"] as const)(
  "categories that no row has are refused in words, with %s for others",
  async (other) => {
    const strange = structuredClone(FLIGHT_MAPPING);
    strange.inputs[2] = {
      kind: "one_hot",
      feature: "origin",
      categories: other === "column" ? ["KLAX"] : ["KLAX", "KJFK"],
      other,
    };
    const { files } = await perceptron();
    await expect(scoresOf(files, flights(10), strange)).rejects.toThrow(
      /none of the 10 values of "origin" is among the categories that the mapping lists: the data has "JFK", the list "KLAX"/,
    );
    const few = await scoresOf(files, flights(9), strange);
    expect(few.refused.rows).toBe(other === "refuse" ? 9 : 0);
  },
);

test("a feature with an input for each category may lack some of them", async () => {
  const mapping = structuredClone(FLIGHT_MAPPING);
  const input = { kind: "one_hot" as const, feature: "origin", other: "zeros" as const };
  mapping.inputs.splice(2, 1, { ...input, categories: ["SFO"] }, { ...input, categories: ["JFK"] });
  const { files } = await perceptron();
  expect((await scoresOf(files, flights(20), mapping)).refused.rows).toBe(0);
});

test("one category of a flag is enough, though all rows have the other", async () => {
  const columns = flights(20);
  columns[2] = {
    kind: "categorical",
    name: "origin",
    dictionary: ["false", "true"],
    codes: new Int32Array(20),
  };
  const mapping = structuredClone(FLIGHT_MAPPING);
  mapping.inputs[2] = { kind: "one_hot", feature: "origin", categories: ["True"], other: "column" };
  const { files } = await perceptron();
  expect((await scoresOf(files, columns, mapping)).refused.rows).toBe(0);
  mapping.inputs[2].categories = ["yes"];
  await expect(scoresOf(files, columns, mapping)).rejects.toThrow(/the data has "false", the list "yes"/);
});

test("every tensor is freed, after thousands of batches and after a cancellation", async () => {
  const tf = await startTensorflow();
  const before = tf.memory().numTensors;
  const { files } = await perceptron();
  const scorer = await openInNode(readModel(files));
  const held = scorer.tensors();
  const columns = flights(20_000);
  const common = { scorer, mapping: FLIGHT_MAPPING, columns, label: "label", rows: 20_000, batchRows: 64 };
  await scoreRows(common);
  expect(scorer.tensors()).toBe(held);
  const cancel = new AbortController();
  let done = 0;
  const cancelled = scoreRows({
    ...common,
    signal: cancel.signal,
    onProgress: (rows) => {
      done = rows;
      if (rows > 5_000) cancel.abort(new Error("enough"));
    },
  });
  await expect(cancelled).rejects.toThrow("enough");
  expect(done).toBeLessThan(5_200);
  expect(scorer.tensors()).toBe(held);
  await scorer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  [
    "a width",
    { inputs: FLIGHT_MAPPING.inputs.slice(0, 2) },
    /the mapping makes 2 numbers a row, the model reads 4/,
  ],
  [
    "a column",
    { inputs: [{ ...FLIGHT_MAPPING.inputs[0]!, feature: "far" }, ...FLIGHT_MAPPING.inputs.slice(1)] },
    /no column "far".*it has distance, delay/,
  ],
  [
    "a category as a number",
    { inputs: [{ kind: "number", feature: "origin" }, ...FLIGHT_MAPPING.inputs.slice(0, 2)] },
    /"origin" is mapped as a number, but the data has categories/,
  ],
  ["an output", { output: { ...FLIGHT_MAPPING.output, tensor: "loss" } }, /no output "loss": it has answer/],
  [
    "classes",
    { output: { ...FLIGHT_MAPPING.output, classes: ["no", "yes"], positive_class: "yes" } },
    /holds "(late|on_time)", which is none of the model's classes "no", "yes"/,
  ],
  [
    "a kind",
    { output: { ...FLIGHT_MAPPING.output, kind: "probabilities" } },
    /has 1 numbers a row; as probabilities of 2 classes it wants 2/,
  ],
])("a mapping with %s that does not fit says so", async (what, change, message) => {
  const { files } = await perceptron();
  const mapping = InputMapping.parse({ ...FLIGHT_MAPPING, inputs: FLIGHT_MAPPING.inputs.slice(), ...change });
  // As wide as the model, so that the message is about what is wrong.
  if (what === "a category as a number")
    mapping.inputs.push({ kind: "ordinal", feature: "origin", categories: ["LAX", "JFK"], other: null });
  await expect(scoresOf(files, flights(10), mapping)).rejects.toThrow(message);
});
