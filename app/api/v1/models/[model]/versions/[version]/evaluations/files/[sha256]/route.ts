import { z } from "zod";
import { keepBySha256 } from "@/lib/artifacts/by-sha256";
import { keeperOf } from "@/lib/artifacts/runtime";
import { keptFilePath, LARGEST_FILE } from "@/lib/evaluations/kept-files";
import { FileReceipt } from "@/lib/evaluations/schema";
import { handle } from "@/lib/http/handle";
import { getModelVersion } from "@/lib/registry/versions";
import { ModelName, Sha256, VersionName } from "@/lib/wire";

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
    const { sha256 } = params;
    const content = body.stream({ maxBytes: LARGEST_FILE });
    const bytes = await keepBySha256(keeperOf(runtime), { path: keptFilePath(sha256), sha256 }, content);
    return { sha256, bytes };
  },
);
