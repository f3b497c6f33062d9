import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { HistoryQuery, reportHistory } from "@/lib/registry/history";
import { HistoryPage } from "@/lib/registry/wire";
import { ModelName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/history",
    scope: "read",
    summary: "Who moved which stage or alias of a model, from where to where, and why; the latest first",
    params: z.object({ model: ModelName }),
    query: HistoryQuery,
    reply: HistoryPage,
  },
  ({ runtime, params, query }) => reportHistory(runtime.db, { ...params, ...query }),
);
