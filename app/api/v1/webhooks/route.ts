import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { reportWebhooks, toRecord } from "@/lib/webhooks/report";
import { reachOf } from "@/lib/webhooks/runtime";
import { createWebhook } from "@/lib/webhooks/webhooks";
import { WebhookList, WebhookRecord, WebhookRequest } from "@/lib/webhooks/wire";

export const GET = handle(
  {
    method: "GET",
    path: "/api/v1/webhooks",
    scope: "admin",
    summary: "List the webhooks with what became of their latest attempts",
    query: z.object({
      cursor: z.uuid("expected the next_cursor of the page before").optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    reply: WebhookList,
  },
  ({ runtime, query }) => reportWebhooks(runtime.db, query),
);

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/webhooks",
    scope: "admin",
    summary: "Have changes of the registry told to an address",
    body: WebhookRequest,
    reply: WebhookRecord,
    status: 201,
  },
  async ({ runtime, body, principal }) => {
    const changing = { actor: principal.actor, reach: reachOf(runtime) };
    return toRecord(await createWebhook(runtime.db, { ...body, secret: body.secret || null }, changing));
  },
);
