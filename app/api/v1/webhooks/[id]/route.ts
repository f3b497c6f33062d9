import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { reportWebhook, toRecord } from "@/lib/webhooks/report";
import { reachOf } from "@/lib/webhooks/runtime";
import { changeWebhook, deleteWebhook } from "@/lib/webhooks/webhooks";
import { WebhookDetail, WebhookGone, WebhookPatch, WebhookRecord } from "@/lib/webhooks/wire";

const path = "/api/v1/webhooks/{id}";
const params = z.object({ id: z.string() });

export const GET = handle(
  {
    method: "GET",
    path,
    scope: "admin",
    summary: "A webhook with what it was told lately and is still to be told",
    params,
    reply: WebhookDetail,
  },
  ({ runtime, params }) => reportWebhook(runtime.db, params.id),
);

export const PATCH = handle(
  {
    method: "PATCH",
    path,
    scope: "admin",
    summary: "Change a webhook",
    params,
    body: WebhookPatch,
    reply: WebhookRecord,
  },
  async ({ runtime, params, body, principal }) => {
    const changing = { actor: principal.actor, reach: reachOf(runtime) };
    return toRecord(await changeWebhook(runtime.db, params.id, body, changing));
  },
);

export const DELETE = handle(
  {
    method: "DELETE",
    path,
    scope: "admin",
    summary: "Delete a webhook with what it was still to be told",
    params,
    reply: WebhookGone,
  },
  async ({ runtime, params, principal }) => {
    await deleteWebhook(runtime.db, params.id, principal);
    return {};
  },
);
