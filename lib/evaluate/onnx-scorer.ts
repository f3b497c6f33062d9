import type * as Ort from "onnxruntime-web/wasm";
import type { EncodedInput } from "./encode-rows";
import { refused, type TensorSpec } from "./model-files";
import type { OnnxModel } from "./onnx-model";
import type { Scorer } from "./scorer";

/**
 * Loads a model that `readOnnxModel` found sound into ONNX Runtime on WebAssembly.
 * @throws TidemarkError for one that the runtime refuses, in its words
 */
export async function openOnnx(ort: typeof Ort, model: OnnxModel): Promise<Scorer> {
  const session = await ort.InferenceSession.create(model.runnable, {
    executionProviders: ["wasm"],
    graphOptimizationLevel: "all",
    logSeverityLevel: 4,
  }).catch((error: unknown) => {
    throw refused(
      `ONNX Runtime cannot load the model: ${wordsOf(error)}. Export it anew, for opset 21 or older`,
      error,
    );
  });
  const living = new Set<Ort.Tensor>();
  return {
    backend: "onnxruntime-wasm",
    inputs: model.inputs,
    outputs: model.outputs,
    async score(inputs, rows, output) {
      const feed = Object.fromEntries(inputs.map((input) => [input.spec.name, toTensor(ort, input, rows)]));
      for (const tensor of Object.values(feed)) living.add(tensor);
      try {
        const { [output]: answer } = await session.run(feed, [output]);
        living.add(answer!);
        if (answer!.dims[0] !== rows) {
          throw refused(
            `the model answers ${answer!.dims[0] ?? 1} rows for ${rows}: it was exported for one number of rows; leave the first dimension of its inputs open (None)`,
          );
        }
        const values = toNumbers(answer!);
        return { name: output, width: values.length / rows, values };
      } catch (error) {
        if ((error as { name?: string }).name === "TidemarkError") throw error;
        throw refused(`ONNX Runtime cannot run the model: ${wordsOf(error)}`, error);
      } finally {
        for (const tensor of living) tensor.dispose();
        living.clear();
      }
    },
    tensors: () => living.size,
    dispose: () => session.release(),
  };
}

const wordsOf = (error: unknown) =>
  String((error as Error).message ?? error)
    .replace(/\s+/g, " ")
    .slice(0, 400);

function toTensor(ort: typeof Ort, { spec, width, values }: EncodedInput, rows: number): Ort.Tensor {
  const dims = dimsOf(spec, width, rows);
  if (Array.isArray(values)) return new ort.Tensor("string", values, dims);
  switch (spec.type) {
    case "float64":
      return new ort.Tensor("float64", values, dims);
    case "int64":
      return new ort.Tensor(
        "int64",
        BigInt64Array.from(values, (value) => BigInt(Math.round(value))),
        dims,
      );
    case "int32":
      return new ort.Tensor("int32", new Int32Array(values), dims);
    case "bool":
      return new ort.Tensor("bool", Uint8Array.from(values, Number), dims);
    default:
      return new ort.Tensor("float32", new Float32Array(values), dims);
  }
}

const dimsOf = ({ shape, width: own }: TensorSpec, width: number, rows: number): number[] =>
  own !== null && shape.length > 0
    ? [rows, ...shape]
    : own === 1 && width === 1 && shape.length === 0
      ? [rows]
      : [rows, width];

function toNumbers({ data }: Ort.Tensor): Float32Array | Float64Array | string[] {
  if (data instanceof Float32Array || data instanceof Float64Array) return data.slice();
  if (Array.isArray(data)) return data as string[];
  return Float64Array.from(data as ArrayLike<number | bigint>, Number);
}
