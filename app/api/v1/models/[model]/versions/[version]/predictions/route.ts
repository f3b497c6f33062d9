import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { streamText } from "@/lib/http/stream-text";
import { browsePredictions, LARGEST_PAGE } from "@/lib/predictions/browse";
import { exportPredictions, MOST_EXPORTED } from "@/lib/predictions/export";
import { PredictionPage } from "@/lib/predictions/schema";
import { ModelName, Timestamp, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/predictions",
    scope: "read",
    summary: "Raw predictions with their labels, a page at a time or as CSV",
    description: `Conditions are written field:op:value (eq, ne, lt, le, gt, ge, contains, missing) and repeated; all must hold. Fields are the features and segment keys, and id, prediction, label, score, latency_ms, error. A page may come back short with a next_cursor: go on from it. Without from and to, the newest seven days with data. format=csv streams up to ${MOST_EXPORTED.toLocaleString("en-US")} rows.`,
    params: z.object({ model: ModelName, version: VersionName }),
    query: z.object({
      from: Timestamp.optional(),
      to: Timestamp.optional(),
      filter: z.union([z.string().max(2000), z.array(z.string().max(2000))]).optional(),
      label: z.enum(["any", "labelled", "unlabelled", "correct", "wrong", "error"]).optional(),
      order: z.enum(["desc", "asc"]).optional(),
      limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).optional(),
      cursor: z.string().max(1000).optional(),
      format: z.enum(["json", "csv"]).optional(),
    }),
    reply: { "application/json": PredictionPage, "text/csv": null },
  },
  async ({ runtime, params, query: { filter, format, ...query }, signal }) => {
    const filters = filter === undefined ? [] : [filter].flat();
    const request = { ...params, ...query, filters };
    if (format !== "csv") return Response.json(await browsePredictions(runtime.db, request), { headers });
    const { fileName, pieces } = await exportPredictions(runtime.db, request, { signal });
    return new Response(streamText(pieces), {
      headers: {
        ...headers,
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="${fileName}"`,
      },
    });
  },
);

const headers = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
