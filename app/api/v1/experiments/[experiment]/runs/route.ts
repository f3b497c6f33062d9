import { z } from "zod";
import { browseRuns, LARGEST_PAGE, RunsQuery } from "@/lib/experiments/browse";
import { exportRuns } from "@/lib/experiments/export";
import { RunPage } from "@/lib/experiments/schema";
import { handle } from "@/lib/http/handle";
import { streamText } from "@/lib/http/stream-text";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/experiments/{experiment}/runs",
    scope: "read",
    summary: "Runs of an experiment with chosen columns, a page at a time or as CSV",
    description:
      "The filter is MLflow's grammar with OR and parentheses. Columns are repeated: metrics.acc, metrics.acc@best (or @min, @max), params.lr, tags.team; metrics.* is all of a kind, metrics.val/* those that start so. sort takes a column or an attribute such as attributes.start_time; runs without a value come last. parent=none leaves out children, parent={run_id} shows only those of a run. format=csv streams the whole search.",
    params: z.object({ experiment: z.string() }),
    query: RunsQuery.extend({
      limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
      cursor: z.string().max(8000).optional(),
      format: z.enum(["json", "csv"]).default("json"),
    }),
    reply: { "application/json": RunPage, "text/csv": null },
  },
  async ({ runtime, params, query: { format, limit, cursor, ...query }, signal }) => {
    const request = { ...query, experimentId: params.experiment };
    if (format === "json") {
      return Response.json(await browseRuns(runtime.db, { ...request, limit, cursor }), { headers });
    }
    const { fileName, pieces } = await exportRuns(runtime.db, request, { signal });
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
