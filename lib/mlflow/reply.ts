import type { Experiment, MetricPoint, Run, RunDataset, RunInfo } from "@/lib/runs/schema";

/** JSON has no NaN and no infinities: protobuf's mapping writes them as text. */
export const wireDouble = (value: number): number | string =>
  Number.isFinite(value) ? value : String(value);

export const wireMetric = ({ key, value, timestamp, step }: MetricPoint) => ({
  key,
  value: wireDouble(value),
  timestamp,
  step,
});

/** A field that is not set is left out. */
export const set = <Value>(name: string, value: Value | null | undefined): Record<string, Value> =>
  value === null || value === undefined || value === "" ? {} : { [name]: value };

export const wireExperiment = (experiment: Experiment) => ({ ...experiment });

export const wireRunInfo = ({ start_time, end_time, ...info }: RunInfo) => ({
  run_id: info.run_id,
  run_uuid: info.run_id,
  run_name: info.run_name,
  experiment_id: info.experiment_id,
  user_id: info.user_id,
  status: info.status,
  artifact_uri: info.artifact_uri,
  lifecycle_stage: info.lifecycle_stage,
  ...set("start_time", start_time),
  ...set("end_time", end_time),
});

export const wireRun = (run: Run) => ({
  info: wireRunInfo(run),
  data: { metrics: run.metrics.map(wireMetric), params: run.params, tags: run.tags },
  inputs: { dataset_inputs: run.datasets.map(wireDataset), model_inputs: run.model_inputs },
  outputs: { model_outputs: run.model_outputs },
});

const wireDataset = ({ tags, schema, profile, ...dataset }: RunDataset) => ({
  tags,
  dataset: { ...dataset, ...set("schema", schema), ...set("profile", profile) },
});
