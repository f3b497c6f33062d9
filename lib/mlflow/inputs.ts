import { z } from "zod";
import { readHistories, sampleHistories } from "@/lib/runs/compare-histories";
import { listDatasets, logInputs, logOutputs } from "@/lib/runs/inputs";
import { endpoint } from "./endpoint";
import { int64, list, required, runId, runIdOf, tag, text } from "./message";
import { set, wireDouble } from "./reply";

const dataset = z.object({
  name: required,
  digest: required,
  source_type: text.default(""),
  source: text.default(""),
  schema: text.optional(),
  profile: text.optional(),
});

export const INPUTS = [
  endpoint(
    ["POST", "/mlflow/runs/log-inputs", "ingest"],
    "Note the data sets and models that a run read",
    z.object({
      ...runId,
      datasets: list(z.object({ tags: list(tag), dataset })),
      models: list(z.object({ model_id: required })),
    }),
    async ({ runtime, message }) => {
      await logInputs(runtime.db, runIdOf(message), {
        datasets: message.datasets.map(({ tags, dataset }) => ({
          ...dataset,
          schema: dataset.schema ?? null,
          profile: dataset.profile ?? null,
          tags,
        })),
        models: message.models,
      });
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/runs/outputs", "ingest"],
    "Note the models that a run made",
    z.object({ ...runId, models: list(z.object({ model_id: required, step: int64.default(0) })) }),
    async ({ runtime, message }) => {
      await logOutputs(runtime.db, runIdOf(message), message.models);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/experiments/search-datasets", "read"],
    "The data sets that runs of experiments read",
    z.object({ experiment_ids: list(z.union([text, z.number().transform(String)])) }),
    async ({ runtime, message }) => ({
      dataset_summaries: (await listDatasets(runtime.db, message.experiment_ids)).map(
        ({ context, ...summary }) => ({ ...summary, ...set("context", context) }),
      ),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/metrics/get-history-bulk-interval", "read"],
    "Points of a metric of several runs, thinned",
    z.object({
      run_ids: list(text),
      metric_key: required,
      start_step: int64.optional(),
      end_step: int64.optional(),
      max_results: int64.optional(),
    }),
    async ({ runtime, message }) => ({
      metrics: (
        await sampleHistories(runtime.db, {
          runIds: message.run_ids,
          key: message.metric_key,
          from: message.start_step ?? null,
          to: message.end_step ?? null,
          ...(message.max_results === undefined ? {} : { maxResults: message.max_results }),
        })
      ).map((point) => ({ key: message.metric_key, ...point, value: wireDouble(point.value) })),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/metrics/get-history-bulk", "read"],
    "Points of a metric of several runs",
    z.object({ run_id: list(text), metric_key: text.default(""), max_results: int64.optional() }),
    async ({ runtime, message }) => ({
      metrics: (
        await readHistories(runtime.db, {
          runIds: message.run_id,
          key: message.metric_key,
          ...(message.max_results === undefined ? {} : { maxResults: message.max_results }),
        })
      ).map((point) => ({ key: message.metric_key, ...point, value: wireDouble(point.value) })),
    }),
  ),
];
