import { handle } from "@/lib/http/handle";
import { createKey } from "@/lib/keys/create";
import { listKeys } from "@/lib/keys/list";
import { ApiKeyList, CreatedApiKey, NewApiKey } from "@/lib/keys/schema";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/keys",
    scope: "admin",
    summary: "List the API keys, revoked ones too",
    reply: ApiKeyList,
  },
  ({ runtime }) => listKeys(runtime.db),
);

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/keys",
    scope: "admin",
    summary: "Make an API key; its secret is in this reply only",
    body: NewApiKey,
    reply: CreatedApiKey,
    status: 201,
  },
  ({ runtime, body, principal }) => createKey(runtime.db, body, principal.actor),
);
