import { createHmac } from "node:crypto";
import type { WebhookEvent } from "./schema";

/** Seconds after an attempt that failed until the next: a day and a half in all, then it is given up. */
const WAITS_S = [5, 30, 120, 600, 3600, 3 * 3600, 8 * 3600, 24 * 3600];

/** null where it is given up. @param attempts how many there were */
export const waitAfter = (attempts: number): number | null => WAITS_S[attempts - 1] ?? null;

/** The body of a delivery, as MLflow's own webhooks have it. */
export function bodyOf(event: WebhookEvent, createdMs: number, data: unknown): string {
  const [entity, action] = event.split(".");
  return JSON.stringify({ entity, action, timestamp: new Date(createdMs).toISOString(), data });
}

/**
 * Headers by which a receiver knows a delivery and who sent it: HMAC-SHA256 of `<id>.<seconds>.<body>` in base64 behind
 * "v1,", as in MLflow (mlflow/webhooks/delivery.py) and Standard Webhooks. Without a secret there is no signature.
 */
export function headersOf(
  body: string,
  { deliveryId, secret, nowMs }: { deliveryId: string; secret: string | null; nowMs: number },
): Record<string, string> {
  const seconds = String(Math.floor(nowMs / 1000));
  const headers = {
    "content-type": "application/json",
    "user-agent": "Tidemark",
    "x-mlflow-delivery-id": deliveryId,
    "x-mlflow-timestamp": seconds,
  };
  if (secret === null) return headers;
  const mac = createHmac("sha256", secret).update(`${deliveryId}.${seconds}.${body}`).digest("base64");
  return { ...headers, "x-mlflow-signature": `v1,${mac}` };
}

/** What a test of a webhook sends, in the words that MLflow's tests send. */
export const EXAMPLES: Record<WebhookEvent, object> = {
  "registered_model.created": {
    name: "example_model",
    tags: { example_key: "example_value" },
    description: "An example registered model",
  },
  "model_version.created": {
    name: "example_model",
    version: "1",
    source: "models:/123",
    run_id: "abcd1234abcd5678",
    tags: { example_key: "example_value" },
    description: "An example model version",
  },
  "model_version.stage_changed": {
    name: "example_model",
    version: "1",
    from: "Staging",
    to: "Production",
    actor: "person:example",
    why: null,
  },
  "model_version_tag.set": {
    name: "example_model",
    version: "1",
    key: "example_key",
    value: "example_value",
  },
  "model_version_tag.deleted": { name: "example_model", version: "1", key: "example_key" },
  "model_version_alias.created": { name: "example_model", alias: "example_alias", version: "1" },
  "model_version_alias.deleted": { name: "example_model", alias: "example_alias" },
};
