import { z } from "zod";
import { keeperOf } from "@/lib/artifacts/runtime";
import { describeModelFiles } from "@/lib/evaluations/mapping";
import { ModelFilesReply } from "@/lib/evaluations/schema";
import { handle } from "@/lib/http/handle";
import { ModelName, VersionName } from "@/lib/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/models/{model}/versions/{version}/model-files",
    scope: "read",
    summary: "Which of a version's files a browser could evaluate, and how its inputs are made",
    params: z.object({ model: ModelName, version: VersionName }),
    reply: ModelFilesReply,
  },
  ({ runtime, params }) => describeModelFiles({ db: runtime.db, keeper: keeperOf(runtime) }, params),
);
