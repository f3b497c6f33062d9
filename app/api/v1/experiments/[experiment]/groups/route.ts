import { z } from "zod";
import { GroupsQuery, groupRuns } from "@/lib/experiments/group";
import { RunGroups } from "@/lib/experiments/schema";
import { handle } from "@/lib/http/handle";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/experiments/{experiment}/groups",
    scope: "read",
    summary: "Runs by the values of a param or tag, with the means of their metrics",
    params: z.object({ experiment: z.string() }),
    query: GroupsQuery,
    reply: RunGroups,
  },
  ({ runtime, params, query }) => groupRuns(runtime.db, { ...query, experimentId: params.experiment }),
);
