import { z } from "zod";
import { keptPathOf } from "@/lib/artifacts/location";
import { artifactPath, folderPath, joinPath } from "@/lib/artifacts/path";
import {
  createLoggedModel,
  deleteLoggedModel,
  deleteLoggedModelTag,
  finalizeLoggedModel,
  getLoggedModel,
  logLoggedModelParams,
  setLoggedModelTags,
} from "@/lib/logged-models/models";
import { type LoggedModel, LoggedModelStatus } from "@/lib/logged-models/schema";
import { searchLoggedModels } from "@/lib/logged-models/search";
import { wireEntries } from "./artifacts";
import { endpoint } from "./endpoint";
import { fileReply } from "./file-reply";
import { bool, int64, list, required, tag, text } from "./message";
import { set, wireMetric } from "./reply";

const Id = z.object({ model_id: required });
const experimentIds = list(z.union([text, z.number().transform(String)]));

const Status = z.preprocess(
  (value) =>
    typeof value === "number"
      ? ({ 1: "LOGGED_MODEL_PENDING", 2: "LOGGED_MODEL_READY", 3: "LOGGED_MODEL_UPLOAD_FAILED" }[value] ??
        value)
      : value,
  LoggedModelStatus,
);

const VERSIONS_TAG = "mlflow.modelVersions";

/** MLflow keeps in a tag what a logged model was registered as, in Python's spacing; here it follows the registry. */
const tagsOf = ({ tags, registrations }: LoggedModel) => {
  if (registrations.length === 0) return tags;
  const versions = registrations.map(({ name, version }) => {
    const number = Number(version);
    return `{"name": ${JSON.stringify(name)}, "version": ${Number.isInteger(number) ? number : JSON.stringify(version)}}`;
  });
  return [
    ...tags.filter(({ key }) => key !== VERSIONS_TAG),
    { key: VERSIONS_TAG, value: `[${versions.join(", ")}]` },
  ];
};

const wireLoggedModel = (model: LoggedModel) => ({
  info: {
    model_id: model.model_id,
    experiment_id: model.experiment_id,
    name: model.name,
    creation_timestamp_ms: model.creation_time,
    last_updated_timestamp_ms: model.last_update_time,
    artifact_uri: model.artifact_uri,
    status: model.status,
    ...set("status_message", model.status_message),
    ...set("model_type", model.model_type),
    ...set("source_run_id", model.source_run_id),
    tags: tagsOf(model),
    registrations: model.registrations,
  },
  data: {
    params: model.params,
    metrics: model.metrics.map((metric) => ({
      ...wireMetric(metric),
      model_id: model.model_id,
      run_id: metric.run_id,
      ...set("dataset_name", metric.dataset_name),
      ...set("dataset_digest", metric.dataset_digest),
    })),
  },
});

export const LOGGED_MODELS = [
  endpoint(
    ["POST", "/mlflow/logged-models", "ingest"],
    "Make a logged model",
    z.object({
      experiment_id: required,
      name: text.default(""),
      model_type: text.optional(),
      source_run_id: text.optional(),
      params: list(tag),
      tags: list(tag),
    }),
    async ({ runtime, message, nowMs }) => ({
      model: wireLoggedModel(
        await createLoggedModel(
          runtime.db,
          {
            experimentId: message.experiment_id,
            name: message.name,
            modelType: message.model_type || null,
            sourceRunId: message.source_run_id || null,
            params: message.params,
            tags: message.tags,
          },
          { nowMs },
        ),
      ),
    }),
  ),
  endpoint(
    ["POST", "/mlflow/logged-models/search", "read"],
    "Search logged models",
    z.object({
      experiment_ids: experimentIds,
      filter: text.default(""),
      datasets: list(z.object({ dataset_name: required, dataset_digest: text.optional() })),
      max_results: int64.default(50),
      order_by: list(
        z.object({
          field_name: required,
          ascending: bool.default(true),
          dataset_name: text.optional(),
          dataset_digest: text.optional(),
        }),
      ),
      page_token: text.optional(),
    }),
    async ({ runtime, message }) => {
      const dataset = (named: { dataset_name?: string | undefined; dataset_digest?: string | undefined }) =>
        named.dataset_name ? { name: named.dataset_name, digest: named.dataset_digest || null } : null;
      const page = await searchLoggedModels(runtime.db, {
        experimentIds: message.experiment_ids,
        filter: message.filter,
        datasets: message.datasets.map(dataset).filter((each) => each !== null),
        orderBy: message.order_by.map((order) => ({
          field: order.field_name,
          ascending: order.ascending,
          dataset: dataset(order),
        })),
        maxResults: message.max_results,
        pageToken: message.page_token ?? null,
      });
      return {
        models: page.rows.map(wireLoggedModel),
        ...(page.next_page_token ? { next_page_token: page.next_page_token } : {}),
      };
    },
  ),
  endpoint(
    ["GET", "/mlflow/logged-models/{model_id}", "read"],
    "A logged model",
    Id,
    async ({ runtime, message }) => ({
      model: wireLoggedModel(await getLoggedModel(runtime.db, message.model_id)),
    }),
  ),
  endpoint(
    ["PATCH", "/mlflow/logged-models/{model_id}", "ingest"],
    "Say that a logged model's files are there",
    z.object({ model_id: required, status: Status }),
    async ({ runtime, message, nowMs }) => ({
      model: wireLoggedModel(
        await finalizeLoggedModel(runtime.db, message.model_id, message.status, { nowMs }),
      ),
    }),
  ),
  endpoint(
    ["DELETE", "/mlflow/logged-models/{model_id}", "ingest"],
    "Delete a logged model; what it was registered as stays",
    Id,
    async ({ runtime, message, principal, nowMs }) => {
      await deleteLoggedModel(runtime.db, message.model_id, principal.actor, { nowMs });
      return {};
    },
  ),
  endpoint(
    ["PATCH", "/mlflow/logged-models/{model_id}/tags", "ingest"],
    "Set tags of a logged model",
    z.object({ model_id: required, tags: list(tag) }),
    async ({ runtime, message }) => ({
      model: wireLoggedModel(await setLoggedModelTags(runtime.db, message.model_id, message.tags)),
    }),
  ),
  endpoint(
    ["DELETE", "/mlflow/logged-models/{model_id}/tags/{tag_key}", "ingest"],
    "Delete a tag of a logged model",
    z.object({ model_id: required, tag_key: required }),
    async ({ runtime, message }) => {
      await deleteLoggedModelTag(runtime.db, message.model_id, message.tag_key);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/logged-models/{model_id}/params", "ingest"],
    "Log params of a logged model",
    z.object({ model_id: required, params: list(tag) }),
    async ({ runtime, message }) => {
      await logLoggedModelParams(runtime.db, message.model_id, message.params);
      return {};
    },
  ),
  endpoint(
    ["GET", "/mlflow/logged-models/{model_id}/artifacts/directories", "read"],
    "What is in a folder of a logged model's artifacts",
    z.object({ model_id: required, artifact_directory_path: text.default(""), page_token: text.optional() }),
    async (call) => {
      const folder = folderPath(call.message.artifact_directory_path);
      const { artifact_uri } = await getLoggedModel(call.runtime.db, call.message.model_id);
      const files = await wireEntries(call, joinPath(keptPathOf(artifact_uri), folder), folder);
      return { root_uri: artifact_uri, files };
    },
  ),
  endpoint(
    ["GET", "/mlflow/logged-models/{model_id}/artifacts/files", "read"],
    "The bytes of a logged model's artifact",
    z.object({ model_id: required, artifact_file_path: required }),
    async ({ runtime, message }) => {
      const path = artifactPath(message.artifact_file_path);
      const { artifact_uri } = await getLoggedModel(runtime.db, message.model_id);
      return fileReply({ runtime }, joinPath(keptPathOf(artifact_uri), path));
    },
  ),
];
