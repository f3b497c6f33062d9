import type { Database } from "@/lib/db/client";
import type { Webhook } from "./schema";
import { getWebhook, listDeliveries, listWebhooks } from "./webhooks";
import type { WebhookDetail, WebhookList, WebhookRecord } from "./wire";

const iso = (ms: number) => new Date(ms).toISOString();

export const toRecord = (webhook: Webhook): WebhookRecord => ({
  id: webhook.webhook_id,
  name: webhook.name,
  description: webhook.description,
  url: webhook.url,
  events: webhook.events,
  status: webhook.status,
  has_secret: webhook.has_secret,
  created_at: iso(webhook.created_ms),
  updated_at: iso(webhook.updated_ms),
  last_attempt:
    webhook.last_ms === null
      ? null
      : { at: iso(webhook.last_ms), status: webhook.last_status, error: webhook.last_error },
});

export async function reportWebhooks(
  db: Database,
  { cursor = null, limit }: { cursor?: string | null | undefined; limit: number },
): Promise<WebhookList> {
  const { webhooks, next } = await listWebhooks(db, { after: cursor, limit });
  return { webhooks: webhooks.map(toRecord), next_cursor: next };
}

/** @throws TidemarkError `not_found` */
export async function reportWebhook(db: Database, id: string): Promise<WebhookDetail> {
  const [webhook, deliveries] = [await getWebhook(db, id), await listDeliveries(db, id)];
  return {
    ...toRecord(webhook),
    deliveries: deliveries.map((each) => ({
      id: each.delivery_id,
      event: each.event,
      state: each.state,
      at: iso(each.created_ms),
      attempts: each.attempts,
      next_attempt_at: each.next_ms === null ? null : iso(each.next_ms),
      status: each.last_status,
      error: each.last_error,
    })),
  };
}
