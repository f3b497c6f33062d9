import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { reportPolicy, savePolicy } from "@/lib/promotions/policy";
import { Policy, PolicySave } from "@/lib/promotions/schema";
import { ModelName } from "@/lib/wire";

const params = z.object({ model: ModelName });
const path = "/api/v1/models/{model}/policy";

export const GET = handle(
  {
    method: "GET",
    path,
    scope: "read",
    summary: "What protects the stages and aliases of a model: gates and approvals",
    params,
    reply: Policy,
  },
  ({ runtime, params }) => reportPolicy(runtime.db, params.model),
);

export const PUT = handle(
  {
    method: "PUT",
    path,
    scope: "admin",
    summary: "Set what protects the stages and aliases of a model",
    description:
      "`targets` is the whole policy: what is left out is not protected any more. `revision` is the one that was read, 0 where there was none; over a newer one the save is refused with 409. Open requests under other gates lapse.",
    params,
    body: PolicySave,
    reply: Policy,
  },
  ({ runtime, params, body, principal }) => savePolicy(runtime.db, params.model, body, principal.actor),
);
