import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { getEvaluation } from "@/lib/evaluations/describe";
import { readKeptFile } from "@/lib/evaluations/kept-files";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/evaluations/{id}/outcome",
    scope: "read",
    summary: "Labels and scores of an evaluation, row by row in the dataset's order",
    description:
      "A line of JSON (format, task, n, width, predictions, classes, positive, threshold), then little-endian doubles: n labels, n × width scores and, where the line says so, n predictions. Missing: NaN.",
    params: z.object({
      model: ModelName,
      version: VersionName,
      id: z.uuid("expected the id of an evaluation"),
    }),
    reply: { "application/octet-stream": null },
  },
  async ({ runtime, params }) => {
    const { outcome } = await getEvaluation(runtime.db, params);
    const bytes = await readKeptFile(keeperOf(runtime), outcome);
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
