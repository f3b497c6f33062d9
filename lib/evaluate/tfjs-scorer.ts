import type * as Tensorflow from "@tensorflow/tfjs";
import type { EncodedInput } from "./encode-rows";
import { inBytes, quoted, refused, type TensorSpec } from "./model-files";
import type { Scorer } from "./scorer";
import type { TfjsModel } from "./tfjs-model";
import { sizeOf } from "./tfjs-weights";

type Tf = typeof Tensorflow;
type Feed = Tensorflow.Tensor | Tensorflow.Tensor[];
type Loaded = {
  inputs: TensorSpec[];
  outputs: TensorSpec[];
  run(feed: Tensorflow.Tensor[], output: string): Tensorflow.Tensor;
  dispose(): void;
};

/**
 * Loads a model that `readTfjsModel` found sound into TensorFlow.js, on the backend that is set.
 * @throws TidemarkError for one that TensorFlow.js refuses, in its words
 */
export async function openTfjs(tf: Tf, model: TfjsModel): Promise<Scorer> {
  const before = tf.memory().numTensors;
  let loaded: Loaded;
  try {
    loaded = model.format === "tfjs-graph" ? await openGraph(tf, model) : await openLayers(tf, model);
  } catch (error) {
    if ((error as { name?: string }).name === "TidemarkError") throw error;
    throw refused(
      `TensorFlow.js cannot load the model: ${(error as Error).message.slice(0, 400)}. Export it anew, or as a graph model (tensorflowjs_converter --output_format=tfjs_graph_model)`,
      error,
    );
  }
  for (const spec of loaded.inputs) {
    if (spec.type === "string") {
      loaded.dispose();
      throw refused(
        `the model's input ${quoted(spec.name)} is text, which is not read here: give it numbers`,
      );
    }
  }
  return {
    backend: tf.getBackend() as Scorer["backend"],
    inputs: loaded.inputs,
    outputs: loaded.outputs,
    async score(inputs, rows, output) {
      const answer = tf.tidy(() => {
        const feed = inputs.map((input) => toTensor(tf, input, rows));
        return tf.cast(loaded.run(feed, output), "float32");
      });
      try {
        if (answer.shape[0] !== rows) {
          throw refused(
            `the model answers ${answer.shape[0] ?? 1} rows for ${rows}: its output ${quoted(output)} is not one answer a row; choose another output`,
          );
        }
        const values = (await answer.data()) as Float32Array;
        return { name: output, width: values.length / rows, values };
      } finally {
        answer.dispose();
      }
    },
    tensors: () => tf.memory().numTensors - before,
    dispose: async () => loaded.dispose(),
  };
}

async function openLayers(tf: Tf, { topology, weights }: TfjsModel): Promise<Loaded> {
  const model = await withBoundedWeights(tf, weights.values, () =>
    tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: topology,
        weightSpecs: withoutModelName(topology, weights.specs) as Tensorflow.io.WeightsManifestEntry[],
        weightData: weights.data,
      }),
    ),
  );
  const names = model.outputs.map(({ sourceLayer }) => sourceLayer.name);
  return {
    inputs: model.inputs.map(({ sourceLayer, shape, dtype }) => specOf(sourceLayer.name, shape, dtype)),
    outputs: model.outputs.map(({ shape }, place) => specOf(names[place]!, shape, "float32")),
    run(feed, output) {
      const answers = model.predictOnBatch((feed.length === 1 ? feed[0] : feed) as Feed);
      return Array.isArray(answers) ? answers[names.indexOf(output)]! : answers;
    },
    dispose: () => model.dispose(),
  };
}

/**
 * Lets layers make no more weights than the file holds values: a topology of 2 kB may claim a layer of gigabytes, which
 * would be made before anybody sees that its weights are not there.
 */
async function withBoundedWeights<Model>(tf: Tf, most: number, load: () => Promise<Model>): Promise<Model> {
  type AddWeight = (this: object, name: string, shape: (number | null)[], ...rest: unknown[]) => unknown;
  const layer = tf.layers.Layer.prototype as unknown as { addWeight: AddWeight; name: string };
  const addWeight = layer.addWeight;
  let made = 0;
  layer.addWeight = function (name, shape, ...rest) {
    made += sizeOf(shape.map((size) => size ?? 1));
    if (made > most) {
      throw refused(
        `the layers claim more weights than the shards hold: at ${quoted((this as { name: string }).name)} (${quoted(shape)}) there are ${inBytes(made * 4)} claimed and ${inBytes(most * 4)} listed in weightsManifest. Topology and weights are of two exports: take all files of one`,
      );
    }
    return addWeight.call(this, name, shape, ...rest);
  };
  try {
    return await load();
  } finally {
    layer.addWeight = addWeight;
  }
}

/** Keras 3 writes "sequential/dense/kernel" where TensorFlow.js looks for "dense/kernel". */
function withoutModelName(
  topology: object,
  specs: TfjsModel["weights"]["specs"],
): TfjsModel["weights"]["specs"] {
  const name = (topology as { model_config?: { config?: { name?: unknown } } }).model_config?.config?.name;
  const prefix = `${name}/`;
  if (typeof name !== "string" || !specs.every((spec) => spec.name.startsWith(prefix))) return specs;
  return specs.map((spec) => ({ ...spec, name: spec.name.slice(prefix.length) }));
}

async function openGraph(tf: Tf, { topology, weights, signature }: TfjsModel): Promise<Loaded> {
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({
      modelTopology: topology,
      weightSpecs: weights.specs as Tensorflow.io.WeightsManifestEntry[],
      weightData: weights.data,
      ...(signature ? { signature } : {}),
    }),
  );
  const inputs = model.inputs.map(({ name, shape, dtype }) => specOf(name, shape ?? [null], dtype));
  return {
    inputs,
    outputs: model.outputs.map(({ name, shape }) => specOf(name, shape ?? [null], "float32")),
    run(feed, output) {
      const named = Object.fromEntries(inputs.map(({ name }, place) => [name, feed[place]!]));
      return model.execute(named, output) as Tensorflow.Tensor;
    },
    dispose: () => model.dispose(),
  };
}

function specOf(name: string, shape: readonly (number | null)[], dtype: string): TensorSpec {
  const rest = shape.slice(1).map((size) => (size === null || size < 0 ? null : size));
  const known = rest.every((size): size is number => size !== null) ? (rest as number[]) : null;
  return {
    name,
    type: dtype === "int32" || dtype === "bool" || dtype === "string" ? dtype : "float32",
    shape: known ?? [],
    width: known && shape.length > 0 ? sizeOf(known) : null,
  };
}

function toTensor(tf: Tf, { spec, width, values }: EncodedInput, rows: number): Tensorflow.Tensor {
  const shape = spec.width === null || spec.shape.length === 0 ? [rows, width] : [rows, ...spec.shape];
  const numbers = values as Float64Array;
  return spec.type === "float32"
    ? tf.tensor(new Float32Array(numbers), shape, "float32")
    : tf.tensor(new Int32Array(numbers), shape, spec.type as "int32");
}
