import { z } from "zod";
import { CARD_MEDIA, CardFormat, exportCard } from "@/lib/cards/export";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/card/export",
    scope: "read",
    summary: "The model card of a version as a file: Markdown, YAML or JSON",
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({
      format: CardFormat.default("markdown"),
      revision: z.coerce.number().int().min(1).optional(),
    }),
    reply: { "text/markdown": null, "application/yaml": null, "application/json": null },
  },
  async ({ runtime, params, query }) => {
    const { type, ending } = CARD_MEDIA[query.format];
    const name = encodeURIComponent(`${params.model}-${params.version}-card.${ending}`);
    return new Response(await exportCard(runtime.db, params, query), {
      headers: {
        "content-type": `${type}; charset=utf-8`,
        "content-disposition": `attachment; filename*=UTF-8''${name}`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  },
);
