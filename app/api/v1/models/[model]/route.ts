import { z } from "zod";
import { describeModel } from "@/lib/fleet/list";
import { handle } from "@/lib/http/handle";
import { ModelSummary } from "@/lib/models/schema";
import { changeModel } from "@/lib/registry/change-model";
import { ModelWordsChange, VersionList } from "@/lib/registry/wire";
import { ModelName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}",
    scope: "read",
    summary: "One model with its versions and how each is doing",
    params: z.object({ model: ModelName }),
    reply: ModelSummary,
  },
  ({ runtime, params }) => describeModel(runtime.db, params.model),
);

export const PATCH = handle(
  {
    method: "PATCH",
    path: "/api/v1/models/{model}",
    scope: "admin",
    role: "analyst",
    summary: "Change description, owner or tags of a model as a whole",
    description:
      "What is left out stays; all of it is changed or nothing. With the `revision` that was read (GET …/versions), a change made from an older view is refused with 409.",
    params: z.object({ model: ModelName }),
    body: ModelWordsChange,
    reply: VersionList,
  },
  ({ runtime, params, body, principal }) => changeModel(runtime.db, params.model, body, principal.actor),
);
