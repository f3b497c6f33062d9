import { expect, test } from "vitest";
import { countPredictions } from "./metrics";
import { registerPredictionMetrics } from "./prediction-metrics";
import { registry, watch } from "./registry";

registerPredictionMetrics();
registerPredictionMetrics();

const batch = {
  model: 'flight "delay"',
  version: "2",
  accepted: 3,
  duplicates: 1,
  rejected: 2,
  errors: 1,
  latenciesMs: [1, 3, null, 20_000, undefined],
  classes: [["late", 2] as const],
};

test("what was logged is counted per version, and latencies cumulate over their buckets", async () => {
  countPredictions(batch);
  countPredictions({ ...batch, latenciesMs: [], classes: new Map([["on time", 1]]) });
  const text = await registry.metrics();
  const of = 'model="flight \\"delay\\"",version="2"';
  for (const line of [
    `predictions_total{${of}} 6`,
    `prediction_errors_total{${of}} 2`,
    `tidemark_duplicate_rows_total{${of}} 2`,
    `tidemark_rejected_rows_total{${of}} 4`,
    `prediction_distribution{${of},class="late"} 2`,
    `prediction_distribution{${of},class="on time"} 1`,
    `prediction_latency_seconds_bucket{le="0.001",${of}} 1`,
    `prediction_latency_seconds_bucket{le="0.0025",${of}} 1`,
    `prediction_latency_seconds_bucket{le="0.005",${of}} 2`,
    `prediction_latency_seconds_bucket{le="10",${of}} 2`,
    `prediction_latency_seconds_bucket{le="+Inf",${of}} 3`,
    `prediction_latency_seconds_sum{${of}} 20.004`,
    `prediction_latency_seconds_count{${of}} 3`,
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  expect(text.match(/# TYPE prediction_latency_seconds histogram/g)).toHaveLength(1);
});

test("classes beyond the fiftieth are counted together", async () => {
  countPredictions({
    ...batch,
    version: "many",
    classes: Array.from({ length: 60 }, (_, i) => [`class ${i}`, 1] as const),
  });
  const text = await registry.metrics();
  expect(text).toContain('version="many",class="other"} 10');
  expect(text).not.toContain('class="class 50"');
});

test("a watched number is read at each scrape, from its newest reader", async () => {
  watch("tidemark_test_depth", "A test.", () => 1);
  let depth = 5;
  watch("tidemark_test_depth", "A test.", () => depth);
  depth = 7;
  expect(await registry.metrics()).toContain("tidemark_test_depth 7");
});
