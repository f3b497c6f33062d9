import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { authorizeModel } from "@/lib/http/principal";
import { changeVersion } from "@/lib/registry/change-version";
import { describeVersion } from "@/lib/registry/list-versions";
import { VersionChange, VersionRecord } from "@/lib/registry/wire";
import { ModelName, VersionName } from "@/lib/wire";

const params = z.object({ model: ModelName, version: VersionName });
const path = "/api/v1/models/{model}/versions/{version}";

export const GET = handle(
  {
    method: "GET",
    path,
    scope: "read",
    summary: "A version as the registry has it",
    params,
    reply: VersionRecord,
  },
  ({ runtime, params }) => describeVersion(runtime.db, params),
);

export const PATCH = handle(
  {
    method: "PATCH",
    path,
    scope: "admin",
    role: "analyst",
    summary: "Change stage, aliases, tags, description or owner of a version",
    description:
      "What is left out stays; all of it is changed or nothing. With the `revision` that was read, a change made from an older view is refused with 409, which says what has happened since. Each change goes into the model's history. A person moves stages and aliases as a reviewer, changes the rest as an analyst, and overrides a protection as an administrator.",
    params,
    body: VersionChange,
    reply: VersionRecord,
  },
  ({ runtime, params, body, principal }) => {
    if (body.override !== undefined) {
      authorizeModel(principal, { scope: "admin", role: "admin" }, params.model);
    }
    if (body.stage !== undefined || body.aliases !== undefined) {
      authorizeModel(principal, { scope: "admin", role: "reviewer" }, params.model);
    }
    return changeVersion(runtime.db, params, body, principal.actor);
  },
);
