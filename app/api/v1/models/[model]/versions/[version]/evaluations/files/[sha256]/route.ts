import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { keepFile, LARGEST_FILE } from "@/lib/evaluations/kept-files";
import { FileReceipt, Sha256 } from "@/lib/evaluations/schema";
import { handle } from "@/lib/http/handle";
import { getModelVersion } from "@/lib/registry/versions";
import { ModelName, VersionName } from "@/lib/wire";

export const PUT = handle(
  {
    method: "PUT",
    path: "/api/v1/models/{model}/versions/{version}/evaluations/files/{sha256}",
    scope: "ingest",
    role: "analyst",
    summary: "Send a file that an evaluation will name: of its model, or its outcome",
    description: "Kept by its SHA-256, which must be the one in the address. Sent again, it changes nothing.",
    params: z.object({ model: ModelName, version: VersionName, sha256: Sha256 }),
    body: { "application/octet-stream": null },
    reply: FileReceipt,
  },
  async ({ runtime, params, body }) => {
    await getModelVersion(runtime.db, params);
    return keepFile(keeperOf(runtime), params.sha256, body.stream({ maxBytes: LARGEST_FILE }));
  },
);
