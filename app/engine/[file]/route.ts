import { z } from "zod";
import { ENGINE_FILES, sendEngineFile } from "@/lib/evaluate/engine-files";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/engine/{file}",
    scope: "public",
    summary: "WebAssembly of the engines that evaluate models in the browser",
    params: z.object({ file: z.enum(ENGINE_FILES) }),
    reply: { "application/wasm": null },
  },
  ({ params }) => sendEngineFile(params.file),
);
