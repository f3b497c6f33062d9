import { z } from "zod";
import { listNames } from "@/lib/experiments/names";
import { ColumnNames } from "@/lib/experiments/schema";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/experiments/{experiment}/names",
    scope: "read",
    summary: "The names of metrics, params and tags that runs of an experiment have",
    params: z.object({ experiment: z.string() }),
    reply: ColumnNames,
  },
  ({ runtime, params }) => listNames(runtime.db, params.experiment),
);
