import { z } from "zod";

/** What people can be told of: MLflow's events of the registry, and the move of a stage, which MLflow has none for. */
export const EVENTS = [
  "registered_model.created",
  "model_version.created",
  "model_version.stage_changed",
  "model_version_tag.set",
  "model_version_tag.deleted",
  "model_version_alias.created",
  "model_version_alias.deleted",
] as const;
export const WebhookEvent = z.enum(EVENTS);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

export const WebhookStatus = z.enum(["ACTIVE", "DISABLED"]);
export type WebhookStatus = z.infer<typeof WebhookStatus>;

/** Who is told. The secret is never handed out. Times are milliseconds since 1970. */
export type Webhook = {
  webhook_id: string;
  name: string;
  description: string;
  url: string;
  events: WebhookEvent[];
  status: WebhookStatus;
  has_secret: boolean;
  created_ms: number;
  updated_ms: number;
  /** null before the first attempt. */
  last_ms: number | null;
  /** What the latest attempt was answered; null where nobody answered. */
  last_status: number | null;
  /** Why the latest attempt failed; null where it did not. */
  last_error: string | null;
};

export type NewWebhook = {
  name: string;
  url: string;
  events: readonly WebhookEvent[];
  description?: string;
  secret?: string | null;
  status?: WebhookStatus;
};

/** What is left out stays. */
export type WebhookChange = Partial<NewWebhook>;

/** One thing to tell one of them. */
export type Delivery = {
  webhook_id: string;
  delivery_id: string;
  event: WebhookEvent;
  data: unknown;
  created_ms: number;
  /** This one included. */
  attempts: number;
  url: string;
  secret: string | null;
};

export type DeliveryRecord = Omit<Delivery, "url" | "secret" | "data"> & {
  state: "waiting" | "delivered" | "given_up";
  /** null once it is delivered or given up. */
  next_ms: number | null;
  last_status: number | null;
  last_error: string | null;
};
