import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { handle } from "@/lib/http/handle";
import { checkGates } from "@/lib/promotions/check";
import { GateCheck } from "@/lib/promotions/schema";
import { readTarget, TargetQuery } from "@/lib/promotions/target";
import { ModelName, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/gates",
    scope: "read",
    summary: "How a version stands against what protects a stage or an alias, now",
    description: "Name one target: `?stage=Production` or `?alias=champion`. Changes nothing.",
    params: z.object({ model: ModelName, version: VersionName }),
    query: TargetQuery,
    reply: GateCheck,
  },
  ({ runtime, params, query }) =>
    checkGates({ db: runtime.db, keeper: keeperOf(runtime) }, params, readTarget(query)),
);
