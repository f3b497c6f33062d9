import { z } from "zod";
import { Timestamp } from "@/lib/wire";
import { WebhookEvent, WebhookStatus } from "./schema";

/** What became of the latest attempt to tell a webhook something. */
export const LastAttempt = z.object({
  at: Timestamp,
  /** null: nobody answered. */
  status: z.number().int().nullable(),
  /** null: it was taken. */
  error: z.string().nullable(),
});

/** A webhook, without its secret. */
export const WebhookRecord = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  url: z.string(),
  events: z.array(WebhookEvent),
  status: WebhookStatus,
  has_secret: z.boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
  /** null before the first. */
  last_attempt: LastAttempt.nullable(),
});
export type WebhookRecord = z.infer<typeof WebhookRecord>;

/** GET /api/v1/webhooks: the latest made first. */
export const WebhookList = z.object({ webhooks: z.array(WebhookRecord), next_cursor: z.string().nullable() });
export type WebhookList = z.infer<typeof WebhookList>;

/** One thing that a webhook was told, or is to be told. */
export const Told = z.object({
  id: z.string(),
  event: WebhookEvent,
  state: z.enum(["waiting", "delivered", "given_up"]),
  at: Timestamp,
  attempts: z.number().int(),
  /** null once it is delivered or given up. */
  next_attempt_at: Timestamp.nullable(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
});
export type Told = z.infer<typeof Told>;

/** GET /api/v1/webhooks/{id}: with the latest 100 things that it was told or is to be told. */
export const WebhookDetail = WebhookRecord.extend({ deliveries: z.array(Told) });
export type WebhookDetail = z.infer<typeof WebhookDetail>;

const fields = {
  name: z.string(),
  url: z.string(),
  events: z.array(WebhookEvent).min(1, "name at least one event"),
  description: z.string(),
  /** Signs what is sent. An empty one takes a former one away. */
  secret: z.string(),
  status: WebhookStatus,
};

/** POST /api/v1/webhooks */
export const WebhookRequest = z
  .object(fields)
  .partial()
  .required({ name: true, url: true, events: true })
  .strict();

/** PATCH /api/v1/webhooks/{id}: what is left out stays. */
export const WebhookPatch = z.object(fields).partial().strict();

/** DELETE /api/v1/webhooks/{id} */
export const WebhookGone = z.object({});

/** POST /api/v1/webhooks/{id}/test */
export const WebhookTest = z.object({ event: WebhookEvent.optional() }).strict();

/** What was answered is between the two of them: only its status is told. */
export const WebhookTestResult = z.object({
  success: z.boolean(),
  status: z.number().int().nullable(),
  error: z.string().nullable(),
});
export type WebhookTestResult = z.infer<typeof WebhookTestResult>;
