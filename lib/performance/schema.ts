import { z } from "zod";
import { Bucket, Timestamp, Window } from "@/lib/wire";

/** Metric name → value; null where it cannot be computed (no labels, one class only). */
export const Metrics = z.record(z.string(), z.number().nullable());
export type Metrics = z.infer<typeof Metrics>;

export const PerformanceBucket = z.object({
  start: Timestamp,
  n: z.number().int(),
  labelled: z.number().int(),
  errors: z.number().int(),
  /** labelled ÷ predictions without error; null when there are none. */
  coverage: z.number().nullable(),
  /** false: labels are still coming in, so the metric is not comparable yet. */
  ripe: z.boolean(),
  metrics: Metrics,
  /** Share of positive labels (classification) or mean label (regression) among the labelled. */
  label_mean: z.number().nullable(),
  /** The 95 % band of the primary metric around its baseline at this bucket's n. */
  band: z.tuple([z.number(), z.number()]).nullable(),
});
export type PerformanceBucket = z.infer<typeof PerformanceBucket>;

export const ConceptDrift = z.object({
  status: z.enum(["collecting", "no_baseline", "no_baseline_spread", "stable", "drift"]),
  drift_detected: z.boolean(),
  current_mean: z.number().nullable(),
  baseline_mean: z.number().nullable(),
  baseline_deviation: z.number().nullable(),
  z_score: z.number().nullable(),
  /** Percent of the baseline mean lost; negative = better than baseline. */
  performance_drop: z.number().nullable(),
  /** Chunks in the rolling window, and labelled predictions per chunk. */
  chunks: z.number().int(),
  chunk_size: z.number().int(),
  message: z.string(),
});
export type ConceptDrift = z.infer<typeof ConceptDrift>;

/** GET …/performance */
export const PerformanceReport = z.object({
  model: z.string(),
  version: z.string(),
  window: Window,
  bucket: Bucket,
  task: z.enum(["binary", "multiclass", "regression"]).nullable(),
  positive_class: z.string().nullable(),
  n: z.number().int(),
  errors: z.number().int(),
  labelled: z.number().int(),
  coverage: z.number().nullable(),
  /** The metric the page leads with: auc where scores exist, else accuracy; rmse for regression. */
  primary: z.string().nullable(),
  metrics: Metrics,
  /** From score bins, AUC is known to ± this; 0 or absent = exact. */
  error_bounds: Metrics,
  baseline: z.object({ n: z.number().int(), metrics: Metrics, label_mean: z.number().nullable() }).nullable(),
  label_mean: z.number().nullable(),
  /** Rows = actual class, columns = predicted class. */
  confusion: z
    .object({ classes: z.array(z.string()), counts: z.array(z.array(z.number().int())) })
    .nullable(),
  /** Calibration: mean score against observed positive share per score bin. */
  calibration: z
    .array(
      z.object({
        from: z.number(),
        to: z.number(),
        n: z.number().int(),
        mean_score: z.number(),
        positive_share: z.number(),
      }),
    )
    .nullable(),
  series: z.array(PerformanceBucket),
  concept_drift: ConceptDrift,
  fresh_to: Timestamp.nullable(),
});
export type PerformanceReport = z.infer<typeof PerformanceReport>;
