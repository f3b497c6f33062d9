import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { openDataset } from "@/lib/datasets/describe";
import { handle } from "@/lib/http/handle";
import { ModelName, Sha256 } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/datasets/{sha256}/content",
    scope: "read",
    summary: "The bytes of a held-out set",
    params: z.object({ model: ModelName, sha256: Sha256 }),
    reply: { "application/octet-stream": null },
  },
  async ({ runtime, params }) => {
    const { dataset, stream } = await openDataset({ db: runtime.db, keeper: keeperOf(runtime) }, params);
    return new Response(stream, {
      headers: {
        "content-type": "application/octet-stream",
        "content-length": String(dataset.bytes),
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(dataset.name)}`,
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store, no-transform",
      },
    });
  },
);
