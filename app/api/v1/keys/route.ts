import { handle } from "@/lib/http/handle";
import { createKey } from "@/lib/keys/create";
import { listKeys } from "@/lib/keys/list";
import { keysOf, ownerOfNew } from "@/lib/keys/rights";
import { ApiKeyList, CreatedApiKey, NewApiKey } from "@/lib/keys/schema";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/keys",
    scope: "admin",
    role: "viewer",
    summary: "List the API keys, revoked ones too; a person who is no administrator sees their own",
    reply: ApiKeyList,
  },
  ({ runtime, principal }) => listKeys(runtime.db, keysOf(principal)),
);

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/keys",
    scope: "admin",
    role: "viewer",
    summary: "Make an API key; its secret is in this reply only",
    description:
      "owner is me, a key that may do no more than the person who makes it and ends with them, or service, which an administrator makes. expires_at is when it stops.",
    body: NewApiKey,
    reply: CreatedApiKey,
    status: 201,
  },
  ({ runtime, body, principal }) => createKey(runtime.db, body, principal.actor, ownerOfNew(principal, body)),
);
