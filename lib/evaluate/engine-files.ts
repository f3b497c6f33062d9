import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";

/** What the engines fetch at run time, named as they ask for it. */
export const ENGINE_FILES = [
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
  "ort-wasm-simd-threaded.wasm",
] as const;
export type EngineFile = (typeof ENGINE_FILES)[number];

/** They change with their packages only, at an update of the server. */
const CACHE = "public, max-age=86400";

/** A file from the package that it came with: nothing is fetched from elsewhere, and no copy of it is kept. */
export async function sendEngineFile(file: EngineFile): Promise<Response> {
  const at = enginePath(file);
  const { size } = await stat(at);
  return new Response(Readable.toWeb(createReadStream(at)) as ReadableStream<Uint8Array>, {
    headers: {
      "content-type": "application/wasm",
      "content-length": String(size),
      "cache-control": CACHE,
      "x-content-type-options": "nosniff",
    },
  });
}

/** Not bundled: the server is started in its folder, with its packages. */
const enginePath = (file: EngineFile): string =>
  path.join(
    /* turbopackIgnore: true */ process.cwd(),
    "node_modules",
    ...(file.startsWith("ort") ? ["onnxruntime-web", "dist"] : ["@tensorflow", "tfjs-backend-wasm", "dist"]),
    file,
  );
