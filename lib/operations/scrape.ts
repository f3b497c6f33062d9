import prometheus from "prom-client";
import { gateOf } from "@/lib/ingest/runtime";
import type { Runtime } from "@/lib/server/runtime";
import { refreshModelGauges } from "./model-gauges";
import { registerPredictionMetrics } from "./prediction-metrics";
import { metric, registry, watch } from "./registry";
import { checkHealth } from "./store-health";

const storeUp = metric(
  "tidemark_store_up",
  (registers) =>
    new prometheus.Gauge({ name: "tidemark_store_up", help: "1 while the store answers.", registers }),
);
const storeLatency = metric(
  "tidemark_store_latency_seconds",
  (registers) =>
    new prometheus.Gauge({
      name: "tidemark_store_latency_seconds",
      help: "Time the store took to answer, at the scrape.",
      registers,
    }),
);

export const METRICS_TYPE = registry.contentType;

/** Everything the process counts, in Prometheus' text format. Answers while the store is down, and says so. */
export async function scrape(runtime: Runtime): Promise<string> {
  registerPredictionMetrics();
  if (!registry.getSingleMetric("tidemark_process_cpu_seconds_total")) {
    prometheus.collectDefaultMetrics({ register: registry, prefix: "tidemark_" });
  }
  watch(
    "tidemark_queued_rows",
    "Rows that wait for the store or are being written.",
    () => gateOf(runtime).depth,
  );
  const health = await checkHealth(runtime.store).catch(() => null);
  storeUp.set(health ? 1 : 0);
  if (health) {
    storeLatency.set(health.store.latency_ms / 1000);
    await refreshModelGauges(runtime);
  }
  return registry.metrics();
}
