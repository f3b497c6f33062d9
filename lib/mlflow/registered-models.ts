import { z } from "zod";
import { deleteAlias, setAlias, versionOfAlias } from "@/lib/registry/aliases";
import {
  createModel,
  deleteModel,
  deleteModelTag,
  describeModel,
  getModel,
  renameModel,
  setModelTag,
} from "@/lib/registry/models";
import { searchModels } from "@/lib/registry/search";
import { latestVersions } from "@/lib/registry/versions";
import { type Call, endpoint } from "./endpoint";
import { int64, list, required, tag, text } from "./message";
import { wireModel, wireVersion } from "./registry-reply";

const Name = z.object({ name: required });
const Latest = z.object({ name: required, stages: list(text) });
const latestSummary = "Of each stage the latest version";

const latest = async ({ runtime, message }: Call<z.output<typeof Latest>>) => ({
  model_versions: (await latestVersions(runtime.db, message.name, message.stages)).map(wireVersion),
});

const version = z.union([required, z.number().transform(String)]);

export const REGISTERED_MODELS = [
  endpoint(
    ["POST", "/mlflow/registered-models/create", "ingest"],
    "Make a model",
    z.object({ name: text.default(""), tags: list(tag), description: text.default("") }),
    async ({ runtime, message, principal }) => ({
      registered_model: wireModel(
        await createModel(runtime.db, { ...message, model: message.name }, principal),
      ),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/registered-models/get", "read"],
    "A model with its latest versions",
    Name,
    async ({ runtime, message }) => ({
      registered_model: wireModel(await getModel(runtime.db, message.name)),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/registered-models/search", "read"],
    "Search models",
    z.object({
      filter: text.default(""),
      max_results: int64.default(100),
      order_by: list(text),
      page_token: text.optional(),
    }),
    async ({ runtime, message }) => {
      const page = await searchModels(runtime.db, {
        filter: message.filter,
        orderBy: message.order_by,
        maxResults: message.max_results,
        pageToken: message.page_token ?? null,
      });
      return {
        registered_models: page.rows.map(wireModel),
        ...(page.next_page_token ? { next_page_token: page.next_page_token } : {}),
      };
    },
  ),
  endpoint(["POST", "/mlflow/registered-models/get-latest-versions", "read"], latestSummary, Latest, latest),
  endpoint(["GET", "/mlflow/registered-models/get-latest-versions", "read"], latestSummary, Latest, latest),
  endpoint(
    ["POST", "/mlflow/registered-models/rename", "admin"],
    "Rename a model",
    z.object({ name: required, new_name: required }),
    async ({ runtime, message, principal }) => ({
      registered_model: wireModel(await renameModel(runtime.db, message.name, message.new_name, principal)),
    }),
  ),
  endpoint(
    ["PATCH", "/mlflow/registered-models/update", "ingest"],
    "Describe a model",
    z.object({ name: required, description: text.default("") }),
    async ({ runtime, message, principal }) => ({
      registered_model: wireModel(
        await describeModel(runtime.db, message.name, message.description, principal),
      ),
    }),
  ),
  endpoint(
    ["DELETE", "/mlflow/registered-models/delete", "admin"],
    "Delete a model that no predictions were logged for",
    Name,
    async ({ runtime, message, principal }) => {
      await deleteModel(runtime.db, message.name, principal);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/registered-models/set-tag", "ingest"],
    "Set a tag of a model",
    z.object({ name: required, key: required, value: text.default("") }),
    async ({ runtime, message, principal }) => {
      await setModelTag(runtime.db, message.name, message, principal);
      return {};
    },
  ),
  endpoint(
    ["DELETE", "/mlflow/registered-models/delete-tag", "ingest"],
    "Delete a tag of a model",
    z.object({ name: required, key: required }),
    async ({ runtime, message, principal }) => {
      await deleteModelTag(runtime.db, message.name, message.key, principal);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/registered-models/alias", "admin", "reviewer"],
    "Point an alias at a version",
    z.object({ name: required, alias: required, version, comment: text.optional() }),
    async ({ runtime, message, principal }) => {
      const author = { actor: principal.actor, why: message.comment ?? null };
      await setAlias(runtime.db, { model: message.name, version: message.version }, message.alias, author);
      return {};
    },
  ),
  endpoint(
    ["DELETE", "/mlflow/registered-models/alias", "admin", "reviewer"],
    "Delete an alias",
    z.object({ name: required, alias: required }),
    async ({ runtime, message, principal }) => {
      await deleteAlias(runtime.db, message.name, message.alias, principal);
      return {};
    },
  ),
  endpoint(
    ["GET", "/mlflow/registered-models/alias", "read"],
    "The version that an alias points at",
    z.object({ name: required, alias: required }),
    async ({ runtime, message }) => ({
      model_version: wireVersion(await versionOfAlias(runtime.db, message.name, message.alias)),
    }),
  ),
];
