import { z } from "zod";
import { ModelName, Timestamp, VersionName } from "@/lib/wire";

/** A feature value as logged: a number, a category, a flag, or null for missing. */
export const FeatureValue = z.union([z.number(), z.string(), z.boolean(), z.null()]);
export type FeatureValue = z.infer<typeof FeatureValue>;

/** Thirty years: more is another unit. Sums of it stay exact enough to subtract. */
const LONGEST_LATENCY_MS = 1e12;

/** One logged prediction. Its identity is version, id and timestamp: sent again it changes nothing. */
export const PredictionRow = z.object({
  id: z.string().min(1).max(200),
  timestamp: Timestamp,
  features: z.record(z.string(), FeatureValue).default({}),
  prediction: z
    .union([z.string().min(1).max(200), z.number(), z.boolean()])
    .optional()
    .describe(
      "A class (text or flag) or a value (number); absent on a failed prediction. True, TRUE and true are one class, and so they are one category of a feature.",
    ),
  /** Probability of the positive class, 0 to 1. */
  score: z.number().min(0).max(1).nullable().optional(),
  scores: z
    .record(z.string(), z.number().min(0).max(1))
    .nullable()
    .optional()
    .describe(
      'Class → probability. Keys are read as what the prediction is: "1.0" is class 1 where the prediction is a number.',
    ),
  latency_ms: z.number().min(0).max(LONGEST_LATENCY_MS).nullable().optional(),
  segment: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .nullable()
    .optional(),
  /** What went wrong, instead of a prediction. */
  error: z.string().min(1).max(500).nullable().optional(),
});
export type PredictionRow = z.infer<typeof PredictionRow>;

/** POST /api/v1/predictions */
export const PredictionBatch = z.object({
  model: ModelName,
  version: VersionName,
  predictions: z.array(z.unknown()),
});

/** Why one row of a batch was not kept. The other rows were. */
export const Rejection = z.object({ index: z.number().int(), id: z.string().nullable(), error: z.string() });
export type Rejection = z.infer<typeof Rejection>;

export const PredictionReceipt = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
  rejected: z.array(Rejection),
  /** Set where more rows were rejected than are listed. */
  rejected_total: z.number().int().optional(),
});
export type PredictionReceipt = z.infer<typeof PredictionReceipt>;

/** A raw row as the explorer shows it. */
export const LoggedPrediction = z.object({
  id: z.string(),
  timestamp: Timestamp,
  prediction: z.union([z.string(), z.number()]).nullable(),
  score: z.number().nullable(),
  label: z.union([z.string(), z.number()]).nullable(),
  /** Prediction equals label; null without a label or for regression. */
  correct: z.boolean().nullable(),
  latency_ms: z.number().nullable(),
  error: z.string().nullable(),
  features: z.record(z.string(), FeatureValue),
  segment: z.record(z.string(), z.string()),
});
export type LoggedPrediction = z.infer<typeof LoggedPrediction>;

/** A condition on a feature, segment key, or on prediction, score, latency_ms, id. */
export const PredictionFilter = z.object({
  field: z.string(),
  op: z.enum(["eq", "ne", "lt", "le", "gt", "ge", "missing", "contains"]),
  value: z.string().optional(),
});
export type PredictionFilter = z.infer<typeof PredictionFilter>;

/** GET /api/v1/models/{model}/versions/{version}/predictions */
export const PredictionPage = z.object({
  rows: z.array(LoggedPrediction),
  /** Give it back as `cursor` for the next rows; null at the end. */
  next_cursor: z.string().nullable(),
});
export type PredictionPage = z.infer<typeof PredictionPage>;

/** GET …/segments: what a report can be cut by, and how many rows each value has in the window. */
export const SegmentList = z.object({
  dimensions: z.array(
    z.object({
      name: z.string(),
      role: z.enum(["feature", "segment"]),
      /** Distinct values seen; `values` holds the most frequent 100 of them. */
      distinct: z.number().int(),
      values: z.array(z.object({ value: z.string(), n: z.number().int() })),
    }),
  ),
});
export type SegmentList = z.infer<typeof SegmentList>;
