import { z } from "zod";
import { describeExperiment } from "@/lib/experiments/list";
import { ExperimentSummary } from "@/lib/experiments/schema";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/experiments/{experiment}",
    scope: "read",
    summary: "One experiment with the counts of its runs",
    params: z.object({ experiment: z.string() }),
    reply: ExperimentSummary,
  },
  ({ runtime, params }) => describeExperiment(runtime.db, params.experiment),
);
