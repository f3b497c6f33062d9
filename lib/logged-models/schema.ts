import { z } from "zod";
import type { KeyValue, MetricPoint } from "@/lib/runs/schema";

export const LoggedModelStatus = z.enum([
  "LOGGED_MODEL_PENDING",
  "LOGGED_MODEL_READY",
  "LOGGED_MODEL_UPLOAD_FAILED",
]);
export type LoggedModelStatus = z.infer<typeof LoggedModelStatus>;

/** A model's metric, as a run measured it; on a data set where one is named. */
export type ModelMetric = MetricPoint & {
  run_id: string;
  dataset_name: string | null;
  dataset_digest: string | null;
};

/** A model as training code logged it (MLflow 3), registered or not. */
export type LoggedModel = {
  model_id: string;
  experiment_id: string;
  name: string;
  artifact_uri: string;
  status: LoggedModelStatus;
  status_message: string | null;
  model_type: string | null;
  source_run_id: string | null;
  creation_time: number;
  last_update_time: number;
  params: KeyValue[];
  tags: KeyValue[];
  metrics: ModelMetric[];
  /** The versions that it was registered as. */
  registrations: { name: string; version: string }[];
};
