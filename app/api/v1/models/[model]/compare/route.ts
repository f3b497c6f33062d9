import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { CompareQuery, reportComparison } from "@/lib/comparison/report";
import { Comparison } from "@/lib/comparison/schema";
import { handle } from "@/lib/http/handle";
import { ModelName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/compare",
    scope: "read",
    summary: "Versions of a model side by side: run, params, signature, card and live performance",
    description: "`version` is repeated: `?version=1&version=2`, at most eight.",
    params: z.object({ model: ModelName }),
    query: CompareQuery,
    reply: Comparison,
  },
  ({ runtime, params, query }) =>
    reportComparison(
      { db: runtime.db, keeper: keeperOf(runtime) },
      { model: params.model, versions: query.version },
    ),
);
