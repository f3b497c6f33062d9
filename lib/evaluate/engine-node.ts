import { readFile } from "node:fs/promises";
import path from "node:path";
import { openOnnx } from "./onnx-scorer";
import type { readModel } from "./read-model";
import type { Scorer } from "./scorer";
import { startTensorflow } from "./tensorflow-node";
import { openTfjs } from "./tfjs-scorer";

/** Loads a model that was read into the engine for its format: both run on WebAssembly in this process. */
export async function openInNode(model: ReturnType<typeof readModel>): Promise<Scorer> {
  if (model.format !== "onnx") return openTfjs(await startTensorflow(), model);
  const ort = await import("onnxruntime-web/wasm");
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary ??= await readFile(
    path.join(process.cwd(), "node_modules", "onnxruntime-web", "dist", "ort-wasm-simd-threaded.wasm"),
  );
  return openOnnx(ort, model);
}
