import { z } from "zod";
import { describeRun } from "@/lib/experiments/describe-runs";
import { RunDetail } from "@/lib/experiments/run-schema";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/runs/{run}",
    scope: "read",
    summary: "A run with all that it logged, but histories and files",
    params: z.object({ run: z.string() }),
    reply: RunDetail,
  },
  ({ runtime, params }) => describeRun(runtime.db, params.run),
);
