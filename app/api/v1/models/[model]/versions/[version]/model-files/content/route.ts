import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { readRegisteredFile } from "@/lib/evaluations/registered-model";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/model-files/content",
    scope: "read",
    summary: "The bytes of a model file of a version, always as a download",
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({ path: z.string() }),
    reply: { "application/octet-stream": null },
  },
  async ({ runtime, params, query }) => {
    const { bytes, stream } = await readRegisteredFile(
      { db: runtime.db, keeper: keeperOf(runtime) },
      params,
      query.path,
    );
    return new Response(stream, {
      headers: {
        "content-type": "application/octet-stream",
        "content-length": String(bytes),
        "content-disposition": "attachment",
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-cache",
      },
    });
  },
);
