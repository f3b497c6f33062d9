import type { RunDetail } from "./run-schema";

/** A run for tests: its params and the last values of its metrics. */
export const runOf = (
  name: string,
  params: Record<string, string>,
  metrics: Record<string, number | string>,
  over: Partial<RunDetail> = {},
): RunDetail => ({
  run_id: name,
  run_name: name,
  experiment: { experiment_id: "1", name: "e" },
  status: "FINISHED",
  lifecycle_stage: "active",
  user_id: "ada",
  start_time: null,
  end_time: null,
  metrics: Object.entries(metrics).map(([key, last]) => ({
    key,
    last,
    step: 0,
    min: last,
    max: last,
    points: 1,
  })),
  params: Object.entries(params).map(([key, value]) => ({ key, value })),
  tags: [],
  inputs: [],
  parent: null,
  children: 0,
  versions: [],
  ...over,
});
