import { randomUUID } from "node:crypto";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { checkTarget, type Posted, post, type Reach } from "@/lib/notify/post";
import { bodyOf, EXAMPLES, headersOf } from "./compute";
import type { DeliveryRecord, NewWebhook, Webhook, WebhookChange, WebhookEvent } from "./schema";
import {
  insertWebhook,
  removeWebhook,
  selectDeliveries,
  selectTarget,
  selectWebhook,
  selectWebhooks,
  writeWebhook,
} from "./store";

const LONGEST = { description: 1000, secret: 1000 };
const LATEST_DELIVERIES = 100;

/** Who changes webhooks, and where they may lead. */
export type Changing = { actor: string; reach: Pick<Reach, "allowPrivate"> };

const notFound = (id: string) => new TidemarkError("not_found", `Webhook with ID ${id} not found.`);

/** @throws TidemarkError `bad_request` for a name, URL or events that cannot be */
export async function createWebhook(
  db: Database,
  webhook: NewWebhook,
  { actor, reach }: Changing,
): Promise<Webhook> {
  checkWebhook(webhook, reach);
  return insertWebhook(db, { ...webhook, events: [...new Set(webhook.events)] }, actor);
}

/** @throws TidemarkError `not_found` */
export async function getWebhook(db: Database, id: string): Promise<Webhook> {
  const found = await selectWebhook(db, id);
  if (!found) throw notFound(id);
  return found;
}

/** The latest made first. @param after the id that the page before ended with */
export async function listWebhooks(
  db: Database,
  { after = null, limit = 100 }: { after?: string | null; limit?: number } = {},
): Promise<{ webhooks: Webhook[]; next: string | null }> {
  if (limit < 1 || limit > 1000) {
    throw new TidemarkError("bad_request", `max_results must be between 1 and 1000, and is ${limit}.`);
  }
  const found = await selectWebhooks(db, { after, limit: limit + 1 });
  const webhooks = found.slice(0, limit);
  return { webhooks, next: found.length > limit ? webhooks.at(-1)!.webhook_id : null };
}

/** @throws TidemarkError `not_found`; `bad_request` as for a new one */
export async function changeWebhook(
  db: Database,
  id: string,
  change: WebhookChange,
  { actor, reach }: Changing,
): Promise<Webhook> {
  checkWebhook(change, reach);
  const changed = await writeWebhook(db, id, change, actor);
  if (!changed) throw notFound(id);
  return changed;
}

/** @throws TidemarkError `not_found` */
export async function deleteWebhook(db: Database, id: string, { actor }: { actor: string }): Promise<void> {
  if (!(await removeWebhook(db, id, actor))) throw notFound(id);
}

/**
 * Sends an example at once, once, and says how that went; nothing is kept of it.
 * @param event the first of the webhook's own where none is named
 */
export async function testWebhook(
  db: Database,
  id: string,
  { event, reach, nowMs }: { event?: WebhookEvent | undefined; reach: Reach; nowMs: number },
): Promise<Posted> {
  const { events } = await getWebhook(db, id);
  const target = await selectTarget(db, id);
  if (!target) throw notFound(id);
  const sent = event ?? events[0]!;
  const body = bodyOf(sent, nowMs, EXAMPLES[sent]);
  const headers = headersOf(body, { deliveryId: randomUUID(), secret: target.secret, nowMs });
  return post(target.url, { headers, body }, reach);
}

/** What a webhook was told lately, and what it is still to be told. @throws TidemarkError `not_found` */
export async function listDeliveries(db: Database, id: string): Promise<DeliveryRecord[]> {
  await getWebhook(db, id);
  return selectDeliveries(db, id, LATEST_DELIVERIES);
}

function checkWebhook(
  { name, url, events, description, secret }: WebhookChange,
  reach: Changing["reach"],
): void {
  if (name !== undefined && !/^(?=.{1,63}$)[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i.test(name)) {
    throw new TidemarkError(
      "bad_request",
      `Webhook name ${JSON.stringify(name.slice(0, 100))} is invalid. It must start and end with a letter or digit, be at most 63 characters long, and contain only letters, digits, dots (.), underscores (_), and hyphens (-).`,
    );
  }
  if (url !== undefined) checkTarget(url, reach);
  if (events?.length === 0) {
    throw new TidemarkError(
      "bad_request",
      "Webhook events must be a non-empty list: name at least one event.",
    );
  }
  for (const [what, text] of Object.entries({ description, secret })) {
    const most = LONGEST[what as keyof typeof LONGEST];
    if (text && text.length > most) {
      throw new TidemarkError(
        "bad_request",
        `the ${what} has ${text.length} characters: ${most} are the most`,
      );
    }
  }
}
