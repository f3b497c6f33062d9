import { z } from "zod";
import { describeModel } from "@/lib/fleet/list";
import { handle } from "@/lib/http/handle";
import { ModelSummary } from "@/lib/models/schema";
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
