import { z } from "zod";
import { KeyValue, RunStatus } from "@/lib/runs/schema";
import { Timestamp } from "@/lib/wire";
import { RunCell } from "./schema";

/** A metric of a run: its last point and its range. */
export const RunMetricSummary = z.object({
  key: z.string(),
  last: RunCell,
  step: z.number(),
  min: RunCell,
  max: RunCell,
  points: z.number().int(),
});
export type RunMetricSummary = z.infer<typeof RunMetricSummary>;

/** A data set that a run read; `context` says what for. */
export const RunInput = z.object({
  name: z.string(),
  digest: z.string(),
  source_type: z.string(),
  source: z.string(),
  schema: z.string().nullable(),
  profile: z.string().nullable(),
  context: z.string().nullable(),
});
export type RunInput = z.infer<typeof RunInput>;

/** A run with all that it logged, but its metrics' histories and the contents of its files. */
export const RunDetail = z.object({
  run_id: z.string(),
  run_name: z.string(),
  experiment: z.object({ experiment_id: z.string(), name: z.string() }),
  status: RunStatus,
  lifecycle_stage: z.enum(["active", "deleted"]),
  user_id: z.string(),
  start_time: Timestamp.nullable(),
  end_time: Timestamp.nullable(),
  metrics: z.array(RunMetricSummary),
  params: z.array(KeyValue),
  tags: z.array(KeyValue),
  inputs: z.array(RunInput),
  parent: z.object({ run_id: z.string(), run_name: z.string() }).nullable(),
  children: z.number().int(),
  /** Model versions that were registered from it. */
  versions: z.array(z.object({ model: z.string(), version: z.string(), stage: z.string() })),
});
export type RunDetail = z.infer<typeof RunDetail>;

export const RunDetails = z.object({ runs: z.array(RunDetail) });
export type RunDetails = z.infer<typeof RunDetails>;

/** One line of a chart, in columns; null = not a finite number. */
export const Curve = z.object({
  run_id: z.string(),
  /** Points that were logged; what is drawn may be fewer. */
  points: z.number().int(),
  steps: z.array(z.number()),
  /** Milliseconds since 1970. */
  times: z.array(z.number()),
  values: z.array(z.number().nullable()),
  /** Of every point that was logged, at those that are drawn; null where nothing is smoothed. */
  smoothed: z.array(z.number().nullable()).nullable(),
});
export type Curve = z.infer<typeof Curve>;

export const Curves = z.object({ metric: z.string(), curves: z.array(Curve) });
export type Curves = z.infer<typeof Curves>;
