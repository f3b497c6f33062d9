import { z } from "zod";
import { searchVersions } from "@/lib/registry/search";
import { transitionStage } from "@/lib/registry/stages";
import {
  createModelVersion,
  deleteModelVersion,
  deleteVersionTag,
  describeModelVersion,
  getModelVersion,
  setVersionTag,
} from "@/lib/registry/versions";
import { endpoint } from "./endpoint";
import { bool, int64, list, required, tag, text } from "./message";
import { wireVersion } from "./registry-reply";

const at = { name: required, version: z.union([required, z.number().transform(String)]) };
const At = z.object(at);
const addressOf = (message: z.output<typeof At>) => ({ model: message.name, version: message.version });

export const MODEL_VERSIONS = [
  endpoint(
    ["POST", "/mlflow/model-versions/create", "ingest"],
    "Register the next version of a model",
    z.object({
      name: required,
      source: required,
      run_id: text.optional(),
      tags: list(tag),
      run_link: text.default(""),
      description: text.default(""),
      model_id: text.optional(),
    }),
    async ({ runtime, message, principal }) => ({
      model_version: wireVersion(
        await createModelVersion(
          runtime.db,
          {
            model: message.name,
            source: message.source,
            runId: message.run_id || null,
            runLink: message.run_link,
            loggedModelId: message.model_id || null,
            description: message.description,
            tags: message.tags,
          },
          principal,
        ),
      ),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/model-versions/get", "read"],
    "A version of a model",
    At,
    async ({ runtime, message }) => ({
      model_version: wireVersion(await getModelVersion(runtime.db, addressOf(message))),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/model-versions/search", "read"],
    "Search versions of all models",
    z.object({
      filter: text.default(""),
      max_results: int64.default(10_000),
      order_by: list(text),
      page_token: text.optional(),
    }),
    async ({ runtime, message }) => {
      const page = await searchVersions(runtime.db, {
        filter: message.filter,
        orderBy: message.order_by,
        maxResults: message.max_results,
        pageToken: message.page_token ?? null,
      });
      return {
        model_versions: page.rows.map(wireVersion),
        ...(page.next_page_token ? { next_page_token: page.next_page_token } : {}),
      };
    },
  ),
  endpoint(
    ["POST", "/mlflow/model-versions/transition-stage", "admin", "reviewer"],
    "Move a version to a stage",
    z.object({
      ...at,
      stage: required,
      archive_existing_versions: bool.default(false),
      comment: text.optional(),
    }),
    async ({ runtime, message, principal }) => ({
      model_version: wireVersion(
        await transitionStage(
          runtime.db,
          addressOf(message),
          { stage: message.stage, archiveOthers: message.archive_existing_versions },
          { actor: principal.actor, why: message.comment ?? null },
        ),
      ),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/model-versions/get-download-uri", "read"],
    "Where a version's files are",
    At,
    async ({ runtime, message }) => ({
      artifact_uri: (await getModelVersion(runtime.db, addressOf(message))).storage_location,
    }),
  ),
  endpoint(
    ["POST", "/mlflow/model-versions/set-tag", "ingest"],
    "Set a tag of a version",
    z.object({ ...at, key: required, value: text.default("") }),
    async ({ runtime, message, principal }) => {
      await setVersionTag(runtime.db, addressOf(message), message, principal);
      return {};
    },
  ),
  endpoint(
    ["DELETE", "/mlflow/model-versions/delete-tag", "ingest"],
    "Delete a tag of a version",
    z.object({ ...at, key: required }),
    async ({ runtime, message, principal }) => {
      await deleteVersionTag(runtime.db, addressOf(message), message.key, principal);
      return {};
    },
  ),
  endpoint(
    ["PATCH", "/mlflow/model-versions/update", "ingest"],
    "Describe a version",
    z.object({ ...at, description: text.default("") }),
    async ({ runtime, message, principal }) => ({
      model_version: wireVersion(
        await describeModelVersion(runtime.db, addressOf(message), message.description, principal),
      ),
    }),
  ),
  endpoint(
    ["DELETE", "/mlflow/model-versions/delete", "admin"],
    "Delete a version that no predictions were logged for",
    At,
    async ({ runtime, message, principal }) => {
      await deleteModelVersion(runtime.db, addressOf(message), principal);
      return {};
    },
  ),
];
