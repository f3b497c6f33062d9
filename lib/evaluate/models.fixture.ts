import type { EvaluationColumn } from "./input";
import { InputMapping } from "./input-mapping";
import type { NamedBytes } from "./model-files";
import { startTensorflow } from "./tensorflow-node";

const utf8 = (text: string) => new TextEncoder().encode(text);

export type ModelJson = {
  format: string;
  modelTopology: Record<string, unknown>;
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
  userDefinedMetadata?: object;
};

/** model.json and two shards of a small perceptron: 4 inputs, 8 hidden units, one probability. */
export async function perceptron({ shards = 2, seed = 1 } = {}): Promise<{
  json: ModelJson;
  files: NamedBytes[];
}> {
  const tf = await startTensorflow();
  const model = tf.sequential({ name: "perceptron" });
  const init = (offset: number) => ({
    kernelInitializer: tf.initializers.glorotUniform({ seed: seed + offset }),
  });
  model.add(tf.layers.dense({ units: 8, inputShape: [4], activation: "relu", name: "hidden", ...init(0) }));
  model.add(tf.layers.dense({ units: 1, activation: "sigmoid", name: "answer", ...init(1) }));
  const weights = model.getWeights();
  const data = Buffer.concat(weights.map((one) => Buffer.from(Float32Array.from(one.dataSync()).buffer)));
  const paths = Array.from({ length: shards }, (_, place) => `group1-shard${place + 1}of${shards}.bin`);
  const json: ModelJson = {
    format: "layers-model",
    modelTopology: JSON.parse(model.toJSON(undefined, true) as unknown as string),
    weightsManifest: [
      {
        paths,
        weights: model.weights.map(({ originalName, shape }) => ({
          name: originalName,
          shape: shape as number[],
          dtype: "float32",
        })),
      },
    ],
  };
  model.dispose();
  const size = Math.ceil(data.length / shards);
  const files = paths.map((path, place) => ({
    path,
    bytes: new Uint8Array(data.subarray(place * size, (place + 1) * size)),
  }));
  return { json, files: [modelJson(json), ...files] };
}

export const modelJson = (json: object, path = "model.json"): NamedBytes => ({
  path,
  bytes: utf8(JSON.stringify(json)),
});

/** Rows for it: two numbers, one of them missing now and then, and a category of two columns. */
export function flights(rows: number): EvaluationColumn[] {
  const at = (row: number, step: number) => ((row * step) % 97) / 97;
  return [
    {
      kind: "numerical",
      name: "distance",
      values: Float64Array.from({ length: rows }, (_, row) => 100 + 2000 * at(row, 31)),
    },
    {
      kind: "numerical",
      name: "delay",
      values: Float64Array.from({ length: rows }, (_, row) => 60 * at(row, 7) - 10),
    },
    {
      kind: "categorical",
      name: "origin",
      dictionary: ["JFK", "LAX"],
      codes: Int32Array.from({ length: rows }, (_, row) => row % 2),
    },
    {
      kind: "categorical",
      name: "label",
      dictionary: ["on_time", "late"],
      codes: Int32Array.from({ length: rows }, (_, row) => Number(row % 5 === 0)),
    },
  ];
}

export const FLIGHT_MAPPING: InputMapping = InputMapping.parse({
  inputs: [
    {
      kind: "number",
      feature: "distance",
      transform: "log",
      scale: { kind: "standard", mean: 6.5, deviation: 0.7 },
    },
    { kind: "number", feature: "delay", divisor: 10, transform: "asinh", missing: 0 },
    { kind: "one_hot", feature: "origin", categories: ["LAX", "JFK"] },
  ],
  output: { kind: "probability", classes: ["on_time", "late"], positive_class: "late", threshold: 0.5 },
  label: "label",
});

/** What a graph model of `y = sigmoid(x · w)` with two inputs looks like. */
export function graphModel(change: (nodes: { name: string; op: string }[]) => void = () => {}): NamedBytes[] {
  const float = { dtype: { type: "DT_FLOAT" } };
  const shape = (...sizes: number[]) => ({
    shape: { shape: { dim: sizes.map((size) => ({ size: String(size) })) } },
  });
  const nodes = [
    { name: "x", op: "Placeholder", attr: { ...float, ...shape(-1, 2) } },
    {
      name: "w",
      op: "Const",
      attr: {
        dtype: { type: "DT_FLOAT" },
        value: { tensor: { dtype: "DT_FLOAT", tensorShape: { dim: [{ size: "2" }, { size: "1" }] } } },
      },
    },
    {
      name: "product",
      op: "MatMul",
      input: ["x", "w"],
      attr: { T: { type: "DT_FLOAT" }, transpose_a: { b: false }, transpose_b: { b: false } },
    },
    { name: "y", op: "Sigmoid", input: ["product"], attr: { T: { type: "DT_FLOAT" } } },
  ];
  change(nodes);
  return [
    modelJson({
      format: "graph-model",
      modelTopology: { node: nodes, versions: { producer: 1 } },
      weightsManifest: [{ paths: ["w.bin"], weights: [{ name: "w", shape: [2, 1], dtype: "float32" }] }],
    }),
    { path: "w.bin", bytes: new Uint8Array(Float32Array.of(0.5, -1).buffer) },
  ];
}
