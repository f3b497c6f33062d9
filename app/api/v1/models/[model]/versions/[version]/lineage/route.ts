import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { reportLineage } from "@/lib/lineage/report";
import { Lineage } from "@/lib/lineage/schema";
import { ModelName, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/lineage",
    scope: "read",
    summary: "The road of a version: data sets, run, version, predictions, drift",
    params: z.object({ model: ModelName, version: VersionName }),
    reply: Lineage,
  },
  ({ runtime, params }) => reportLineage(runtime.db, params),
);
