import { z } from "zod";

export const LifecycleStage = z.enum(["active", "deleted"]);
export type LifecycleStage = z.infer<typeof LifecycleStage>;

/** Which of the deleted a search shows. */
export const ViewType = z.enum(["ACTIVE_ONLY", "DELETED_ONLY", "ALL"]);
export type ViewType = z.infer<typeof ViewType>;

export const RunStatus = z.enum(["RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED"]);
export type RunStatus = z.infer<typeof RunStatus>;

export const KeyValue = z.object({ key: z.string(), value: z.string() });
export type KeyValue = z.infer<typeof KeyValue>;

/** A group of runs. Times are milliseconds since 1970, as everywhere among runs. */
export const Experiment = z.object({
  experiment_id: z.string(),
  name: z.string(),
  artifact_location: z.string(),
  lifecycle_stage: LifecycleStage,
  creation_time: z.number(),
  last_update_time: z.number(),
  tags: z.array(KeyValue),
});
export type Experiment = z.infer<typeof Experiment>;

/** One measurement. NaN and the infinities are measurements too. */
export type MetricPoint = { key: string; value: number; timestamp: number; step: number };

/** The latest point of a metric and its range; extremes are null where every point is NaN. */
export type RunMetric = MetricPoint & { points: number; min: number | null; max: number | null };

/** A data set that a run read, named by content: `digest` is that of the data. */
export type RunDataset = {
  name: string;
  digest: string;
  source_type: string;
  source: string;
  schema: string | null;
  profile: string | null;
  /** `mlflow.data.context` says what it was used for. */
  tags: KeyValue[];
};

export type RunInfo = {
  run_id: string;
  experiment_id: string;
  run_name: string;
  user_id: string;
  status: RunStatus;
  lifecycle_stage: LifecycleStage;
  artifact_uri: string;
  start_time: number | null;
  end_time: number | null;
};

/** A run with everything but its metrics' history and its artifacts. */
export type Run = RunInfo & {
  metrics: RunMetric[];
  params: KeyValue[];
  tags: KeyValue[];
  datasets: RunDataset[];
  /** Logged models that it read, and those that it made at a step. */
  model_inputs: { model_id: string }[];
  model_outputs: { model_id: string; step: number }[];
};

/** What one request logs of a run. */
export type Batch = {
  metrics?: readonly LoggedMetric[];
  params?: readonly KeyValue[];
  tags?: readonly KeyValue[];
};

/** A point as it is logged; it may be a measurement of a logged model on a data set. */
export type LoggedMetric = MetricPoint & {
  model_id?: string | undefined;
  dataset_name?: string | undefined;
  dataset_digest?: string | undefined;
};

export type Page<Row> = { rows: Row[]; next_page_token: string | null };

/**
 * Points of one metric in columns, each number in the store's own words (`NaN` and `Infinity` among the values): so a
 * hundred thousand of them travel best to where they are text again.
 */
export type PointColumns = { timestamps: string[]; steps: string[]; values: string[] };

/** A point of a metric that several runs have. */
export type RunPoint = { run_id: string; timestamp: number; step: number; value: number };
