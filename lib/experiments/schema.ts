import { z } from "zod";
import { KeyValue, RunStatus } from "@/lib/runs/schema";
import { Timestamp } from "@/lib/wire";
import { COLUMN_KINDS, METRIC_VALUES } from "./kinds";

/** An experiment at a glance. Deleted runs are not counted. */
export const ExperimentSummary = z.object({
  experiment_id: z.string(),
  name: z.string(),
  lifecycle_stage: z.enum(["active", "deleted"]),
  created_at: Timestamp,
  /** The latest of its own change and its runs' starts and ends. */
  updated_at: Timestamp,
  runs: z.number().int(),
  running: z.number().int(),
  failed: z.number().int(),
  tags: z.array(KeyValue),
});
export type ExperimentSummary = z.infer<typeof ExperimentSummary>;

export const ExperimentPage = z.object({
  experiments: z.array(ExperimentSummary),
  next_cursor: z.string().nullable(),
});
export type ExperimentPage = z.infer<typeof ExperimentPage>;

/** Every name that runs of an experiment have logged under. */
export const ColumnNames = z.object({
  metrics: z.array(z.string()),
  params: z.array(z.string()),
  tags: z.array(z.string()),
  /** There are more names than this lists. */
  truncated: z.boolean(),
});
export type ColumnNames = z.infer<typeof ColumnNames>;

/** A column of the runs table. */
export const RunColumn = z.object({
  /** As it is asked for: `metrics.acc@max`, `params.lr`, `tags.team`. */
  id: z.string(),
  kind: z.enum(COLUMN_KINDS),
  key: z.string(),
  value: z.enum(METRIC_VALUES),
});
export type RunColumn = z.infer<typeof RunColumn>;

/** What a run has in a column: a number or "NaN", "Infinity", "-Infinity" of a metric; null = not logged. */
export const RunCell = z.union([z.number(), z.string(), z.null()]);
export type RunCell = z.infer<typeof RunCell>;

export const RunRow = z.object({
  run_id: z.string(),
  run_name: z.string(),
  status: RunStatus,
  user_id: z.string(),
  start_time: Timestamp.nullable(),
  end_time: Timestamp.nullable(),
  parent_run_id: z.string().nullable(),
  /** How many runs name this one as their parent. */
  children: z.number().int(),
  /** One for each column of the page. */
  cells: z.array(RunCell),
});
export type RunRow = z.infer<typeof RunRow>;

export const RunPage = z.object({
  columns: z.array(RunColumn),
  runs: z.array(RunRow),
  next_cursor: z.string().nullable(),
  /** Of the whole search; null on all pages but the first. */
  total: z.number().int().nullable(),
});
export type RunPage = z.infer<typeof RunPage>;

/** The runs that share a param or tag; `value` is null for those without it. */
export const RunGroup = z.object({
  value: z.string().nullable(),
  runs: z.number().int(),
  /** Of each metric column the mean over the group's runs, finite values only; null elsewhere. */
  means: z.array(z.number().nullable()),
});
export type RunGroup = z.infer<typeof RunGroup>;

export const RunGroups = z.object({
  columns: z.array(RunColumn),
  groups: z.array(RunGroup),
  /** There are more groups than these, the largest. */
  truncated: z.boolean(),
});
export type RunGroups = z.infer<typeof RunGroups>;
