import type { BrowserBackend } from "./engine-browser";
import type { InputMapping } from "./input-mapping";
import { chooseBackend, isWorthTrying } from "./trial";
import type { Slot } from "./worker-calls";
import { EngineClient } from "./worker-client";

export type BackendChoice = "auto" | "wasm" | "webgl" | "webgpu";

/**
 * Sets the backend of a loaded model: WebAssembly, unless another was asked for, or the rows are so many that trying the
 * graphics card can pay. Each trial runs in a worker of its own, so that one that hangs costs five seconds.
 * @returns notes for the reader
 */
export async function pickBackend(
  engine: EngineClient,
  slot: Slot,
  { choice, mapping, rows }: { choice: BackendChoice; mapping: InputMapping; rows: number },
): Promise<string[]> {
  const { origin } = window.location;
  await engine.call("useBackend", [slot, "wasm", origin]);
  const { trial, batchRows, files, inputs, output } = await engine.call("measure", [slot, mapping]);
  if (trial.backend === "onnxruntime-wasm" || choice === "wasm") return [];
  if (choice === "auto" && !isWorthTrying(trial, batchRows, rows)) return [];
  const candidates: BrowserBackend[] =
    choice === "auto" ? ["webgl", ...("gpu" in navigator ? (["webgpu"] as const) : [])] : [choice];
  const attempts = candidates.map((backend) => {
    const own = new EngineClient();
    return {
      backend,
      run: () => own.call("tryBackend", [backend, origin, files, inputs, batchRows, output]),
      stop: () => own.close(),
    };
  });
  const { backend, notes } = await chooseBackend(trial, attempts, { insist: choice !== "auto" });
  if (backend !== trial.backend) await engine.call("useBackend", [slot, backend as BrowserBackend, origin]);
  return notes;
}
