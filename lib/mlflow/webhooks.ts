import { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import { reachOf } from "@/lib/webhooks/runtime";
import { EVENTS, type Webhook, type WebhookEvent, WebhookStatus } from "@/lib/webhooks/schema";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhooks,
  testWebhook,
} from "@/lib/webhooks/webhooks";
import { type Call, endpoint } from "./endpoint";
import { int64, list, required, text } from "./message";
import { set } from "./reply";

const Id = z.object({ webhook_id: required });
const Event = z.object({ entity: required, action: required });
const Status = z.preprocess(
  (value) => (typeof value === "number" ? ({ 1: "ACTIVE", 2: "DISABLED" }[value] ?? value) : value),
  WebhookStatus,
);

/** MLflow's clients end over an event that they do not know. */
const KNOWN = new Set<WebhookEvent>(EVENTS.filter((event) => event !== "model_version.stage_changed"));
const isShown = ({ events }: Webhook) => events.some((event) => KNOWN.has(event));

/** @throws TidemarkError `bad_request` for an event that this server never has */
function toEvent({ entity, action }: z.output<typeof Event>): WebhookEvent {
  const event = `${entity}.${action}`.toLowerCase();
  if ((EVENTS as readonly string[]).includes(event)) return event as WebhookEvent;
  throw new TidemarkError(
    "bad_request",
    `this server has no event ${event.slice(0, 100)}: its events are ${EVENTS.join(", ")}`,
  );
}

const wireWebhook = (webhook: Webhook) => ({
  webhook_id: webhook.webhook_id,
  name: webhook.name,
  ...set("description", webhook.description),
  url: webhook.url,
  events: webhook.events
    .filter((event) => KNOWN.has(event))
    .map((event) => {
      const [entity, action] = event.toUpperCase().split(".");
      return { entity, action };
    }),
  status: webhook.status,
  creation_timestamp: Math.floor(webhook.created_ms),
  last_updated_timestamp: Math.floor(webhook.updated_ms),
});

const changing = ({ runtime, principal }: Call<unknown>) => ({
  actor: principal.actor,
  reach: reachOf(runtime),
});

export const WEBHOOKS = [
  endpoint(
    ["POST", "/mlflow/webhooks", "admin"],
    "Have changes of the registry told to an address",
    z.object({
      name: required,
      url: required,
      events: list(Event),
      description: text.optional(),
      secret: text.optional(),
      status: Status.optional(),
    }),
    async (call) => {
      const { name, url, events, description = "", secret, status = "ACTIVE" } = call.message;
      const webhook = await createWebhook(
        call.runtime.db,
        { name, url, events: events.map(toEvent), description, secret: secret || null, status },
        changing(call),
      );
      return { webhook: wireWebhook(webhook) };
    },
  ),
  endpoint(
    ["GET", "/mlflow/webhooks", "admin"],
    "The webhooks, latest first",
    z.object({ max_results: int64.default(100), page_token: text.optional() }),
    async ({ runtime, message }) => {
      const { webhooks, next } = await listWebhooks(runtime.db, {
        after: message.page_token || null,
        limit: message.max_results || 100,
      });
      return { webhooks: webhooks.filter(isShown).map(wireWebhook), ...set("next_page_token", next) };
    },
  ),
  endpoint(
    ["GET", "/mlflow/webhooks/{webhook_id}", "admin"],
    "A webhook",
    Id,
    async ({ runtime, message }) => ({
      webhook: wireWebhook(await getWebhook(runtime.db, message.webhook_id)),
    }),
  ),
  endpoint(
    ["PATCH", "/mlflow/webhooks/{webhook_id}", "admin"],
    "Change a webhook",
    z.object({
      webhook_id: required,
      name: text.optional(),
      url: text.optional(),
      events: list(Event),
      description: text.optional(),
      secret: text.optional(),
      status: Status.optional(),
    }),
    async (call) => {
      const { webhook_id, name, url, events, description, secret, status } = call.message;
      const change = {
        ...(name ? { name } : {}),
        ...(url ? { url } : {}),
        ...(events.length > 0 ? { events: events.map(toEvent) } : {}),
        ...(description === undefined ? {} : { description }),
        ...(secret === undefined ? {} : { secret }),
        ...(status === undefined ? {} : { status }),
      };
      return {
        webhook: wireWebhook(await changeWebhook(call.runtime.db, webhook_id, change, changing(call))),
      };
    },
  ),
  endpoint(
    ["DELETE", "/mlflow/webhooks/{webhook_id}", "admin"],
    "Delete a webhook with what it was still to be told",
    Id,
    async ({ runtime, message, principal }) => {
      await deleteWebhook(runtime.db, message.webhook_id, principal);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/webhooks/{webhook_id}/test", "admin"],
    "Send an example to a webhook",
    z.object({ webhook_id: required, event: Event.optional() }),
    async ({ runtime, message, nowMs }) => {
      const { status, error } = await testWebhook(runtime.db, message.webhook_id, {
        event: message.event && toEvent(message.event),
        reach: reachOf(runtime),
        nowMs,
      });
      // What was answered is between the two of them.
      return {
        result: {
          success: error === null,
          ...set("response_status", status),
          ...set("error_message", error),
        },
      };
    },
  ),
];
