import { z } from "zod";
import { Timestamp, Window } from "@/lib/wire";
import { STAGES } from "./stages";

export const Task = z.enum(["classification", "regression"]);
export type Task = z.infer<typeof Task>;

export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

export const FeatureType = z.enum(["numerical", "categorical"]);
export type FeatureType = z.infer<typeof FeatureType>;

/** When drift of a feature counts: both a significant test and an effect of at least this size. */
export const Thresholds = z.object({
  /** False discovery rate held across the version's features, 0 < alpha < 1. */
  alpha: z.number().gt(0).lt(1),
  /** Smallest KS distance (numbers) or total variation (categories) that counts, 0 to 1; 0 gives the textbook rule. */
  effect_floor: z.number().min(0).max(1),
});
export type Thresholds = z.infer<typeof Thresholds>;

export const VersionSettings = Thresholds.extend({
  /** Labelled predictions per chunk of the concept drift detector. */
  concept_chunk: z.number().int().min(10).max(10_000),
  /** Chunks in the detector's rolling window. */
  concept_window: z.number().int().min(1).max(100_000),
  /** |z| above which concept drift is reported. */
  concept_sensitivity: z.number().positive().max(100),
});
export type VersionSettings = z.infer<typeof VersionSettings>;

export const DEFAULT_SETTINGS: VersionSettings = {
  alpha: 0.05,
  effect_floor: 0.1,
  concept_chunk: 100,
  concept_window: 1000,
  concept_sensitivity: 2,
};

/** A column of a version's packed vector: a feature the model reads, or a segment key logged beside it. */
export const Feature = z.object({
  name: z.string(),
  role: z.enum(["feature", "segment"]),
  /** null until the first value that is not missing has been seen. */
  type: FeatureType.nullable(),
  state: z.enum(["inferred", "confirmed"]),
  /** Whether drift is tested for it; an id column is better left out. */
  monitored: z.boolean(),
  unit: z.string().nullable(),
  description: z.string().nullable(),
  /** Overrides of the version's thresholds. */
  thresholds: Thresholds.partial().nullable(),
});
export type Feature = z.infer<typeof Feature>;

export const BaselineInfo = z.object({
  kind: z.enum(["file", "window"]),
  rows: z.number().int(),
  /** The frozen window, where the baseline is one. */
  window: Window.nullable(),
  file_name: z.string().nullable(),
  created_at: Timestamp,
  /** Rows that carried a label. */
  labelled: z.number().int(),
});
export type BaselineInfo = z.infer<typeof BaselineInfo>;

export const MetricReading = z.object({
  name: z.string(),
  value: z.number().nullable(),
  baseline: z.number().nullable(),
  /** The 95 % band in which chance alone would move the metric around its baseline at this n. */
  band: z.tuple([z.number(), z.number()]).nullable(),
});

export type MetricReading = z.infer<typeof MetricReading>;

/** How a version is doing over its latest week with data. */
export const Health = z.object({
  window: Window,
  n: z.number().int(),
  errors: z.number().int(),
  labelled: z.number().int(),
  tested_features: z.number().int(),
  drifted_features: z.array(z.string()),
  drift_detected: z.boolean().nullable(),
  /** Why nothing was tested, in words; null when something was. */
  reason: z.string().nullable(),
  metric: MetricReading.nullable(),
});
export type Health = z.infer<typeof Health>;

export const VersionSummary = z.object({
  version: z.string(),
  stage: Stage,
  created_at: Timestamp,
  predictions: z.number().int(),
  errors: z.number().int(),
  labelled: z.number().int(),
  features: z.number().int(),
  first_prediction_at: Timestamp.nullable(),
  last_prediction_at: Timestamp.nullable(),
  last_received_at: Timestamp.nullable(),
  baseline: BaselineInfo.nullable(),
  health: Health.nullable(),
  /** Daily volume over the last 60 days with data: start of day, predictions, labelled; and the health metric. */
  sparkline: z.array(
    z.object({
      start: Timestamp,
      n: z.number().int(),
      labelled: z.number().int(),
      metric: z.number().nullable(),
    }),
  ),
});
export type VersionSummary = z.infer<typeof VersionSummary>;

export const ModelSummary = z.object({
  model: z.string(),
  task: Task.nullable(),
  positive_class: z.string().nullable(),
  classes: z.array(z.string()),
  created_at: Timestamp,
  versions: z.array(VersionSummary),
});
export type ModelSummary = z.infer<typeof ModelSummary>;

/** GET /api/v1/models */
export const ModelList = z.object({ models: z.array(ModelSummary) });
export type ModelList = z.infer<typeof ModelList>;

/** GET and PATCH /api/v1/models/{model}/versions/{version}/schema */
export const VersionSchema = z.object({
  model: z.string(),
  version: z.string(),
  stage: Stage,
  task: Task.nullable(),
  positive_class: z.string().nullable(),
  classes: z.array(z.string()),
  settings: VersionSettings,
  features: z.array(Feature),
  baseline: BaselineInfo.nullable(),
});
export type VersionSchema = z.infer<typeof VersionSchema>;

/** What a person may correct. Left out means left as it is. */
export const VersionSchemaPatch = z
  .object({
    positive_class: z.string(),
    settings: VersionSettings.partial(),
    /** A type or positive class is corrected although older counts, whose rows retention has removed, are lost by it. */
    discard_history: z.boolean(),
    features: z.array(
      z
        .object({
          name: z.string(),
          role: z.enum(["feature", "segment"]).default("feature"),
          type: FeatureType.optional(),
          monitored: z.boolean().optional(),
          unit: z.string().max(40).nullable().optional(),
          description: z.string().max(2000).nullable().optional(),
          thresholds: Thresholds.partial().nullable().optional(),
        })
        .strict(),
    ),
  })
  .partial()
  .strict();
export type VersionSchemaPatch = z.infer<typeof VersionSchemaPatch>;
