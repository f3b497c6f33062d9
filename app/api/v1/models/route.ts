import { listModels } from "@/lib/fleet/list";
import { handle } from "@/lib/http/handle";
import { ModelList } from "@/lib/models/schema";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models",
    scope: "read",
    summary: "List models with their versions and how each is doing",
    reply: ModelList,
  },
  ({ runtime }) => listModels(runtime.db),
);
