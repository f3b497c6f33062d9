import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { VersionSchema, VersionSchemaPatch } from "@/lib/models/schema";
import { correctSchema } from "@/lib/versions/correct";
import { describeSchema } from "@/lib/versions/describe";
import { ModelName, VersionName } from "@/lib/wire";

const params = z.object({ model: ModelName, version: VersionName });
const path = "/api/v1/models/{model}/versions/{version}/schema";

export const GET = handle(
  {
    method: "GET",
    path,
    scope: "read",
    summary: "Features, classes, thresholds and settings of a version",
    params,
    reply: VersionSchema,
  },
  ({ runtime, params }) => describeSchema(runtime.db, params),
);

export const PATCH = handle(
  {
    method: "PATCH",
    path,
    scope: "admin",
    role: "analyst",
    summary: "Correct a version's schema or settings",
    description:
      "What is left out stays. A type is changed in stored rows, baseline and summaries too, for versions of up to 5 million predictions.",
    params,
    body: VersionSchemaPatch,
    reply: VersionSchema,
  },
  ({ runtime, params, body, principal }) =>
    correctSchema(runtime.db, { ...params, patch: body, actor: principal.actor }),
);
