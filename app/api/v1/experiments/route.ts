import { ExperimentsQuery, listExperiments } from "@/lib/experiments/list";
import { ExperimentPage } from "@/lib/experiments/schema";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/experiments",
    scope: "read",
    summary: "Experiments with the counts of their runs, a page at a time",
    query: ExperimentsQuery,
    reply: ExperimentPage,
  },
  ({ runtime, query }) => listExperiments(runtime.db, query),
);
