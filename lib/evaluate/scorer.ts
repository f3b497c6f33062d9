import type { EncodedInput } from "./encode-rows";
import type { TensorSpec } from "./model-files";

/** One of a model's answers for a batch, row after row; text for models that answer with labels as text. */
export type Answer = { name: string; width: number; values: Float32Array | Float64Array | string[] };

/** A model that an engine has loaded. */
export type Scorer = {
  backend: "wasm" | "webgl" | "webgpu" | "cpu" | "onnxruntime-wasm";
  inputs: readonly TensorSpec[];
  outputs: readonly TensorSpec[];
  /** Asks for one of the outputs. */
  score(inputs: readonly EncodedInput[], rows: number, output: string): Promise<Answer>;
  /** Tensors that the engine holds at the moment; null where it does not count them. */
  tensors(): number | null;
  dispose(): Promise<void>;
};
