import type { RegisteredModel, RegisteredVersion } from "@/lib/registry/schema";
import { set } from "./reply";

export const wireVersion = (version: RegisteredVersion) => ({
  name: version.model,
  version: version.version,
  creation_timestamp: version.created_ms,
  last_updated_timestamp: version.updated_ms,
  ...set("user_id", version.owner),
  current_stage: version.stage,
  description: version.description,
  source: version.source,
  ...set("run_id", version.run_id),
  // What is registered can be loaded at once: files were there before.
  status: "READY",
  tags: version.tags,
  ...set("run_link", version.run_link),
  aliases: version.aliases,
  ...set("model_id", version.logged_model_id),
});

export const wireModel = (model: RegisteredModel) => ({
  name: model.model,
  creation_timestamp: model.created_ms,
  last_updated_timestamp: model.updated_ms,
  ...set("user_id", model.owner),
  description: model.description,
  latest_versions: model.latest_versions.map(wireVersion),
  tags: model.tags,
  aliases: model.aliases,
});
