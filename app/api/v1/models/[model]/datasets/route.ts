import { z } from "zod";
import { listDatasets } from "@/lib/datasets/describe";
import { DatasetsReply } from "@/lib/datasets/schema";
import { handle } from "@/lib/http/handle";
import { ModelName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/datasets",
    scope: "read",
    summary: "The held-out sets of a model, the latest first",
    params: z.object({ model: ModelName }),
    reply: DatasetsReply,
  },
  ({ runtime, params }) => listDatasets(runtime.db, params.model),
);
