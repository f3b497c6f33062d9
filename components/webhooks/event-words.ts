import type { WebhookEvent } from "@/lib/webhooks/schema";

/** When each event is told, in the order in which they are offered. */
export const EVENT_WORDS: Record<WebhookEvent, string> = {
  "registered_model.created": "a model is registered",
  "model_version.created": "a version of a model is registered",
  "model_version.stage_changed": "a version enters or leaves a stage, by whom and why",
  "model_version_alias.created": "an alias is set, or moves to another version",
  "model_version_alias.deleted": "an alias is taken away",
  "model_version_tag.set": "a tag of a version is set",
  "model_version_tag.deleted": "a tag of a version is taken away",
};

export const EVENT_NAMES = Object.keys(EVENT_WORDS) as WebhookEvent[];
