import { z } from "zod";
import { InputMapping } from "@/lib/evaluate/input-mapping";
import { keepMapping } from "@/lib/evaluations/mapping";
import { MappingReply } from "@/lib/evaluations/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

export const PUT = handle(
  {
    method: "PUT",
    path: "/api/v1/models/{model}/versions/{version}/input-mapping",
    scope: "ingest",
    role: "analyst",
    summary: "Keep with a version how rows become what its model reads",
    params: z.object({ model: ModelName, version: VersionName }),
    body: InputMapping,
    reply: MappingReply,
  },
  ({ runtime, params, body, principal }) => keepMapping(runtime.db, params, body, principal.actor),
);
