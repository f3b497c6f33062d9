import { z } from "zod";
import { describeEvaluation } from "@/lib/evaluations/describe";
import { repeaterOf } from "@/lib/evaluations/runtime";
import { Evaluation } from "@/lib/evaluations/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/evaluations/{id}",
    scope: "read",
    summary: "An evaluation with its report, mapping and files, and what repeating it has shown",
    params: z.object({
      model: ModelName,
      version: VersionName,
      id: z.uuid("expected the id of an evaluation"),
    }),
    reply: Evaluation,
  },
  ({ runtime, params }) => describeEvaluation(runtime.db, params, repeaterOf(runtime)),
);
