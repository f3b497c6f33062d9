import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { reachOf } from "@/lib/webhooks/runtime";
import { testWebhook } from "@/lib/webhooks/webhooks";
import { WebhookTest, WebhookTestResult } from "@/lib/webhooks/wire";

export const POST = handle(
  {
    method: "POST",
    path: "/api/v1/webhooks/{id}/test",
    scope: "admin",
    summary: "Send an example to a webhook at once",
    params: z.object({ id: z.string() }),
    body: WebhookTest,
    reply: WebhookTestResult,
  },
  async ({ runtime, params, body }) => {
    const { status, error } = await testWebhook(runtime.db, params.id, {
      event: body.event,
      reach: reachOf(runtime),
      nowMs: Date.now(),
    });
    return { success: error === null, status, error };
  },
);
