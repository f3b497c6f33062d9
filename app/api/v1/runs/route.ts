import { z } from "zod";
import { describeRuns } from "@/lib/experiments/describe-runs";
import { RunDetails } from "@/lib/experiments/run-schema";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/runs",
    scope: "read",
    summary: "Some runs with all that they logged, side by side",
    query: z.object({ run: z.union([z.string().max(100), z.array(z.string().max(100))]) }),
    reply: RunDetails,
  },
  async ({ runtime, query }) => ({ runs: await describeRuns(runtime.db, [query.run].flat()) }),
);
