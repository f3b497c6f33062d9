import { CurvesQuery, readCurves } from "@/lib/experiments/curves";
import { Curves } from "@/lib/experiments/run-schema";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/curves",
    scope: "read",
    summary: "The course of a metric in some runs, thinned so that extremes stay, smoothed where asked for",
    query: CurvesQuery,
    reply: Curves,
  },
  ({ runtime, query }) => readCurves(runtime.db, query),
);
