import { z } from "zod";
import { describeEvaluation } from "@/lib/evaluations/describe";
import { cancelRepeat, requestRepeat } from "@/lib/evaluations/request-repeat";
import { repeaterOf } from "@/lib/evaluations/runtime";
import { Evaluation } from "@/lib/evaluations/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

const params = z.object({
  model: ModelName,
  version: VersionName,
  id: z.uuid("expected the id of an evaluation"),
});
const path = "/api/v1/models/{model}/versions/{version}/evaluations/{id}/repeat";

export const POST = handle(
  {
    method: "POST",
    path,
    scope: "ingest",
    role: "analyst",
    summary: "Have the server repeat an evaluation",
    description: "It waits its turn; `repeat` of the reply and of later ones says where it stands.",
    params,
    reply: Evaluation,
  },
  async ({ runtime, params, principal }) => {
    const repeater = repeaterOf(runtime);
    await requestRepeat(runtime.db, repeater, params, principal.actor);
    return describeEvaluation(runtime.db, params, repeater);
  },
);

export const DELETE = handle(
  {
    method: "DELETE",
    path,
    scope: "ingest",
    role: "analyst",
    summary: "Cancel the repetition of an evaluation that waits or runs",
    params,
    reply: Evaluation,
  },
  async ({ runtime, params, principal }) => {
    const repeater = repeaterOf(runtime);
    await cancelRepeat(runtime.db, repeater, params, principal.actor);
    return describeEvaluation(runtime.db, params, repeater);
  },
);
