import { z } from "zod";

const Count = z.number().int().min(0);

/** A measured value and the bounds of its 95 % interval. null: measured nothing, or no interval can be given. */
export const Estimate = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Estimate = z.infer<typeof Estimate>;

/**
 * By name. Binary: accuracy, balanced_accuracy, precision, recall, specificity, f1, mcc, selection_rate, auc,
 * average_precision, log_loss, brier, ece. Multiclass: accuracy, balanced_accuracy, macro_ and weighted_ precision, recall
 * and f1, mcc, log_loss, brier, ece, macro_auc. Regression: rmse, mae, r2, mape, mean_error. What cannot be measured (no
 * scores, a single class, a label of 0 for mape) stands with null.
 */
export const Metrics = z.record(z.string(), Estimate);
export type Metrics = z.infer<typeof Metrics>;

export const EvaluationTask = z.enum(["binary", "multiclass", "regression"]);
export type EvaluationTask = z.infer<typeof EvaluationTask>;

/**
 * How many rows each threshold lets through: a row is positive when its score is at least the threshold. From these counts
 * follow, exactly, the ROC and precision–recall curves and all that moves with the threshold (sweep.ts). With up to
 * `MOST_THRESHOLDS` different scores every one stands here; beyond, so many of them at equal distances in rank.
 */
export const Curve = z.object({
  /** The class that counts as positive. */
  class: z.string(),
  positives: Count,
  negatives: Count,
  /** Descending. */
  thresholds: z.array(z.number()),
  /** Positives and negatives with a score of at least the threshold. */
  true_positives: z.array(Count),
  false_positives: z.array(Count),
  auc: Estimate,
  average_precision: Estimate,
});
export type Curve = z.infer<typeof Curve>;

const CalibrationBin = z.object({
  /** `(low, high]`, the first bin with its lower edge. */
  low: z.number(),
  high: z.number(),
  n: Count,
  mean_score: z.number(),
  /** Share that really was of the class. */
  observed: Estimate,
});

export const Calibration = z.object({
  /** Binary: the positive class's probability. Multiclass: the probability of the class predicted, against being right. */
  of: z.enum(["positive_class", "confidence"]),
  uniform: z.object({ bins: z.array(CalibrationBin), ece: Estimate }),
  quantile: z.object({ bins: z.array(CalibrationBin), ece: Estimate }),
});
export type Calibration = z.infer<typeof Calibration>;

/** Bins `[edges[i], edges[i+1])`, the last with its upper edge. */
export const Histogram = z.object({ edges: z.array(z.number()), counts: z.array(Count) });
export type Histogram = z.infer<typeof Histogram>;

export const ScoreHistogram = z.object({
  edges: z.array(z.number()),
  /** Binary: a series a true class. Multiclass: "right" and "wrong", by the probability of the class predicted. */
  series: z.array(z.object({ name: z.string(), counts: z.array(Count) })),
});
export type ScoreHistogram = z.infer<typeof ScoreHistogram>;

export const Residuals = z.object({
  /** prediction − label */
  histogram: Histogram,
  /** Of the residuals, at 0.01, 0.05, 0.25, 0.5, 0.75, 0.95 and 0.99. */
  quantiles: z.array(z.object({ q: z.number(), value: z.number() })),
  /** Bands of equally many rows by prediction: where a model errs to one side, or errs more. */
  bands: z.array(
    z.object({
      low: z.number(),
      high: z.number(),
      n: Count,
      mean: Estimate,
      p05: z.number(),
      p50: z.number(),
      p95: z.number(),
    }),
  ),
  /** Some rows, spread evenly over the file, to draw. */
  points: z.array(z.object({ row: Count, label: z.number(), prediction: z.number() })),
});
export type Residuals = z.infer<typeof Residuals>;

export const SliceTerm = z.object({
  feature: z.string(),
  /** A category, or a range of numbers such as "[10, 20)"; null: the value is missing. */
  value: z.string().nullable(),
  /** Set for a range: `[low, high)`, the last one with its upper edge. */
  low: z.number().optional(),
  high: z.number().optional(),
});
export type SliceTerm = z.infer<typeof SliceTerm>;

export const Slice = z.object({
  slice: z.array(SliceTerm).min(1).max(2),
  n: Count,
  metrics: Metrics,
  /**
   * How much worse than all other rows, in error rate or in mean squared error (positive: worse). Its interval holds for
   * all slices searched at once (Bonferroni); q_value is Benjamini–Hochberg's over them.
   */
  gap: z
    .object({
      value: z.number(),
      low: z.number(),
      high: z.number(),
      p_value: z.number(),
      q_value: z.number(),
    })
    .nullable(),
});
export type Slice = z.infer<typeof Slice>;

export const SliceSearch = z.object({
  /** What a gap is a difference of. */
  of: z.enum(["error_rate", "squared_error"]),
  features: z.array(z.string()),
  /** Features with too many different values to slice by. */
  left_out: z.array(z.string()),
  depth: z.number().int().min(1).max(2),
  minimum_n: Count,
  /** Slices that were compared with the rest, and such as had too few rows. */
  searched: Count,
  too_small: Count,
  /** Searched slices that are listed; the others are no worse than these. */
  listed: Count,
});
export type SliceSearch = z.infer<typeof SliceSearch>;

const Rates = z.object({
  selection_rate: Estimate,
  true_positive_rate: Estimate,
  false_positive_rate: Estimate,
});

export const Fairness = z.object({
  feature: z.string(),
  positive_class: z.string(),
  /** The value whose group the others are compared with: the largest group, unless chosen. */
  reference: z.string().nullable(),
  groups: z.array(
    z.object({
      value: z.string().nullable(),
      n: Count,
      positives: Count,
      rates: Rates,
      /** group − reference; null for the reference itself. */
      differences: Rates.nullable(),
    }),
  ),
});
export type Fairness = z.infer<typeof Fairness>;

export const WorstRow = z.object({
  /** Place in the dataset, from 0. */
  row: Count,
  label: z.union([z.string(), z.number()]),
  prediction: z.union([z.string(), z.number()]),
  /** Binary: the positive class's probability; multiclass: the predicted class's; regression: null. */
  score: z.number().nullable(),
  /** −ln of the probability of the true class; without scores 1; regression: |prediction − label|. */
  loss: z.number(),
});
export type WorstRow = z.infer<typeof WorstRow>;

/** All numbers of one evaluation of one model on one dataset. */
export const EvaluationReport = z.object({
  task: EvaluationTask,
  /** Rows with a label and a prediction: those that every number rests on. */
  n: Count,
  n_missing_label: Count,
  n_missing_prediction: Count,
  positive_class: z.string().optional(),
  classes: z.array(z.string()).optional(),
  /** Binary with scores: positive from this score on. */
  threshold: z.number().optional(),
  metrics: Metrics,
  /** counts[true class][predicted class], in the order of `classes` */
  confusion: z.object({ classes: z.array(z.string()), counts: z.array(z.array(Count)) }).optional(),
  per_class: z
    .array(
      z.object({
        class: z.string(),
        support: Count,
        predicted: Count,
        precision: Estimate,
        recall: Estimate,
        f1: Estimate,
      }),
    )
    .optional(),
  /** Binary: one, of the positive class. Multiclass: one a class against all others. */
  curves: z.array(Curve).optional(),
  calibration: Calibration.optional(),
  score_histogram: ScoreHistogram.optional(),
  residuals: Residuals.optional(),
  /** Worst first. */
  slices: z.array(Slice),
  slice_search: SliceSearch.optional(),
  fairness: z.array(Fairness).optional(),
  worst_rows: z.array(WorstRow),
});
export type EvaluationReport = z.infer<typeof EvaluationReport>;

/**
 * Two models on the same rows, tested in pairs; a difference is challenger − champion. `rows` are those on which both have
 * a prediction and the label is known.
 */
export const EvaluationComparison = z.object({
  task: EvaluationTask,
  n: Count,
  positive_class: z.string().optional(),
  metrics: z.record(
    z.string(),
    z.object({
      champion: z.number().nullable(),
      challenger: z.number().nullable(),
      difference: Estimate,
      /** Two-sided, of no difference; null where it cannot be tested. */
      p_value: z.number().nullable(),
      better: z.enum(["higher", "lower"]),
    }),
  ),
  /** Rows by who is right; the p-values are of McNemar's test. */
  disagreement: z
    .object({
      both_right: Count,
      only_champion: Count,
      only_challenger: Count,
      both_wrong: Count,
      p_exact: z.number(),
      statistic: z.number(),
      p_corrected: z.number(),
    })
    .optional(),
});
export type EvaluationComparison = z.infer<typeof EvaluationComparison>;
