import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { forgetKeys } from "@/lib/keys/authenticate";
import { revokeKey } from "@/lib/keys/revoke";
import { keysOf } from "@/lib/keys/rights";
import { ApiKey } from "@/lib/keys/schema";

export const DELETE = handle(
  {
    method: "DELETE",
    path: "/api/v1/keys/{id}",
    scope: "admin",
    role: "viewer",
    summary: "Revoke an API key",
    params: z.object({ id: z.string() }),
    reply: ApiKey,
  },
  async ({ runtime, params, principal }) => {
    const key = await revokeKey(runtime.db, params.id, principal.actor, keysOf(principal));
    forgetKeys(runtime);
    return key;
  },
);
