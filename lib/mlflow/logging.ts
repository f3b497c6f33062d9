import { z } from "zod";
import { logBatch, logMetric, logParam, setRunTag } from "@/lib/runs/log-batch";
import { readMetricHistory } from "@/lib/runs/metric-history";
import { endpoint } from "./endpoint";
import { historyReply } from "./history-reply";
import { double, int64, list, required, runId, runIdOf, text } from "./message";

const metric = {
  key: required,
  value: double,
  timestamp: int64,
  step: int64.default(0),
  model_id: text.optional(),
  dataset_name: text.optional(),
  dataset_digest: text.optional(),
};
const pair = { key: required, value: text.default("") };
const Metric = z.object(metric);
const Pair = z.object(pair);

export const LOGGING = [
  endpoint(
    ["POST", "/mlflow/runs/log-metric", "ingest"],
    "Log a point of a metric",
    z.object({ ...runId, ...metric }),
    async ({ runtime, message }) => {
      await logMetric(runtime.db, runIdOf(message), message);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/runs/log-parameter", "ingest"],
    "Log a param",
    z.object({ ...runId, ...pair }),
    async ({ runtime, message }) => {
      await logParam(runtime.db, runIdOf(message), message);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/runs/set-tag", "ingest"],
    "Set a tag of a run",
    z.object({ ...runId, ...pair }),
    async ({ runtime, message }) => {
      await setRunTag(runtime.db, runIdOf(message), message);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/runs/log-batch", "ingest"],
    "Log metrics, params and tags of a run",
    z.object({ ...runId, metrics: list(Metric), params: list(Pair), tags: list(Pair) }),
    async ({ runtime, message }) => {
      await logBatch(runtime.db, runIdOf(message), message);
      return {};
    },
  ),
  endpoint(
    ["GET", "/mlflow/metrics/get-history", "read"],
    "Every point of a metric of a run",
    z.object({
      ...runId,
      metric_key: required,
      page_token: text.optional(),
      max_results: int64.optional(),
    }),
    async ({ runtime, message }) => {
      const page = await readMetricHistory(runtime.db, {
        runId: runIdOf(message),
        key: message.metric_key,
        maxResults: message.max_results,
        pageToken: message.page_token,
      });
      return historyReply(message.metric_key, page.points, page.next_page_token);
    },
  ),
];
