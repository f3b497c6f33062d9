import { openOnnx } from "./onnx-scorer";
import type { readModel } from "./read-model";
import type { Scorer } from "./scorer";
import { openTfjs } from "./tfjs-scorer";

export type BrowserBackend = "wasm" | "webgl" | "webgpu" | "cpu";

/**
 * Loads a model that was read into the engine for its format. For workers; engines are fetched when they are first wanted.
 * @param origin of this server, which serves the engines' WebAssembly under /engine/
 * @throws Error where the backend does not start, TidemarkError for a model that the engine refuses
 */
export async function openInBrowser(
  model: ReturnType<typeof readModel>,
  { backend, origin }: { backend: BrowserBackend; origin: string },
): Promise<Scorer> {
  if (model.format === "onnx") {
    const ort = await import("onnxruntime-web/wasm");
    // Threads want cross-origin isolation, which pages that embed nothing do not have.
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.proxy = false;
    ort.env.wasm.wasmPaths = { wasm: `${origin}/engine/ort-wasm-simd-threaded.wasm` };
    return openOnnx(ort, model);
  }
  const tf = await startTensorflow(backend, origin);
  return openTfjs(tf, model);
}

async function startTensorflow(backend: BrowserBackend, origin: string) {
  const [tf, wasm] = await Promise.all([
    import("@tensorflow/tfjs"),
    backend === "wasm" ? import("@tensorflow/tfjs-backend-wasm") : null,
    backend === "webgpu" ? import("@tensorflow/tfjs-backend-webgpu") : null,
  ]);
  tf.enableProdMode();
  wasm?.setWasmPaths(`${origin}/engine/`);
  const hasStarted = await tf.setBackend(backend).catch(() => false);
  if (!hasStarted) {
    // Plain JavaScript runs everywhere, slowly.
    if (backend !== "wasm") throw new Error("it does not start in this browser");
    await tf.setBackend("cpu");
  }
  await tf.ready();
  return tf;
}
