import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { listVersions } from "@/lib/registry/list-versions";
import { VersionList } from "@/lib/registry/wire";
import { ModelName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions",
    scope: "read",
    summary: "Versions of a model as the registry has them, the latest made first",
    params: z.object({ model: ModelName }),
    reply: VersionList,
  },
  ({ runtime, params }) => listVersions(runtime.db, params.model),
);
