import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { describeVersion } from "@/lib/registry/list-versions";
import { rollBackAlias, rollBackProduction } from "@/lib/registry/stages";
import { RollbackRequest, VersionRecord } from "@/lib/registry/wire";
import { ModelName } from "@/lib/wire";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/models/{model}/rollback",
    scope: "admin",
    role: "reviewer",
    summary: "Put the version that left Production last back there",
    description:
      "What is in Production now is archived in the same statement. With `alias`, the alias goes back instead. With `to`, nothing is done where another version would come back. Never stopped by what protects a stage or alias.",
    params: z.object({ model: ModelName }),
    body: RollbackRequest,
    reply: VersionRecord,
  },
  async ({ runtime, params, body, principal }) => {
    const author = { actor: principal.actor, why: body.why?.trim() || null };
    const expected = { to: body.to ?? null };
    const { model, version } =
      body.alias === undefined
        ? await rollBackProduction(runtime.db, params.model, author, expected)
        : await rollBackAlias(runtime.db, { model: params.model, alias: body.alias }, author, expected);
    return describeVersion(runtime.db, { model, version });
  },
);
