import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { readModelFile } from "@/lib/evaluations/describe";
import { handle } from "@/lib/http/handle";
import { ModelName, Sha256, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/evaluations/{id}/files/{sha256}",
    scope: "read",
    summary: "The bytes of a model file as it was evaluated, always as a download",
    description:
      "`model_files` of the evaluation names them. They are held against their hash before they are sent.",
    params: z.object({
      model: ModelName,
      version: VersionName,
      id: z.uuid("expected the id of an evaluation"),
      sha256: Sha256,
    }),
    reply: { "application/octet-stream": null },
  },
  async ({ runtime, params }) => {
    const bytes = await readModelFile({ db: runtime.db, keeper: keeperOf(runtime) }, params, params.sha256);
    return new Response(new Uint8Array(bytes), {
      headers: {
        "content-type": "application/octet-stream",
        "content-disposition": "attachment",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
      },
    });
  },
);
