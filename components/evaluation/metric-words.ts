import { formatMetric, formatShare, formatValue, NOTHING } from "@/lib/charts/format";
import type { Estimate, EvaluationReport } from "@/lib/evaluate/schema";

type Words = { label: string; what: string; better: "higher" | "lower" | null };

/** What each metric of a report is called, and what it says, in the order in which they are shown. */
const METRICS: Record<string, Words> = {
  auc: { label: "ROC AUC", what: "a positive scores above a negative so often", better: "higher" },
  macro_auc: { label: "ROC AUC (macro)", what: "each class against the others, averaged", better: "higher" },
  average_precision: {
    label: "Average precision",
    what: "area under precision over recall",
    better: "higher",
  },
  accuracy: { label: "Accuracy", what: "share of rows that are right", better: "higher" },
  balanced_accuracy: { label: "Balanced accuracy", what: "mean recall of the classes", better: "higher" },
  precision: { label: "Precision", what: "of the rows called positive, really so", better: "higher" },
  recall: { label: "Recall", what: "of the really positive rows, found", better: "higher" },
  specificity: { label: "Specificity", what: "of the really negative rows, left alone", better: "higher" },
  f1: { label: "F1", what: "harmonic mean of precision and recall", better: "higher" },
  macro_precision: { label: "Precision (macro)", what: "each class counts the same", better: "higher" },
  macro_recall: { label: "Recall (macro)", what: "each class counts the same", better: "higher" },
  macro_f1: { label: "F1 (macro)", what: "each class counts the same", better: "higher" },
  weighted_precision: {
    label: "Precision (weighted)",
    what: "classes count by their rows",
    better: "higher",
  },
  weighted_recall: { label: "Recall (weighted)", what: "classes count by their rows", better: "higher" },
  weighted_f1: { label: "F1 (weighted)", what: "classes count by their rows", better: "higher" },
  mcc: { label: "Matthews correlation", what: "0 is chance, 1 perfect", better: "higher" },
  log_loss: { label: "Log loss", what: "nats a row; sure misses cost most", better: "lower" },
  brier: { label: "Brier score", what: "squared distance of probabilities", better: "lower" },
  ece: { label: "Calibration error", what: "probabilities are off by so much", better: "lower" },
  selection_rate: { label: "Selection rate", what: "share of rows called positive", better: null },
  rmse: { label: "RMSE", what: "in the label's unit; large errors weigh more", better: "lower" },
  mae: { label: "MAE", what: "in the label's unit; all errors alike", better: "lower" },
  r2: { label: "R²", what: "share of the labels' variance explained", better: "higher" },
  mape: { label: "MAPE", what: "error as a share of the label", better: "lower" },
  mean_error: { label: "Mean error", what: "prediction − label: to which side it errs", better: null },
  squared_error: { label: "Squared error", what: "mean, in the label's unit squared", better: "lower" },
};

const SHARES = new Set(["mape", "selection_rate"]);

export const metricWords = (name: string): Words =>
  METRICS[name] ?? { label: name.replaceAll("_", " "), what: "", better: null };

const ORDER = Object.keys(METRICS);

/** The names of metrics that were measured, in the order in which they are shown. */
export function measured(metrics: EvaluationReport["metrics"]): string[] {
  return Object.keys(metrics)
    .filter((name) => metrics[name]!.value !== null)
    .sort((a, b) => rank(a) - rank(b));
}

const rank = (name: string) => (ORDER.indexOf(name) + ORDER.length) % ORDER.length;

export const writeMetric = (name: string, value: number | null): string =>
  SHARES.has(name) ? formatShare(value) : formatMetric(value);

/** "0.81 to 0.84"; nothing where there is no interval. */
export function writeInterval(name: string, { low, high }: Estimate): string {
  if (low === null || high === null) return NOTHING;
  return `${writeMetric(name, low)} to ${writeMetric(name, high)}`;
}

/** A difference with its sign. */
export function writeDifference(value: number | null): string {
  if (value === null) return NOTHING;
  const text = formatMetric(Math.abs(value));
  return /^[0.]+$/.test(text) ? text : `${value > 0 ? "+" : "−"}${text}`;
}

/** A difference of shares in percentage points, with its sign. */
export function writePoints(value: number): string {
  const text = Math.abs(100 * value).toFixed(1);
  return `${text === "0.0" ? "" : value > 0 ? "+" : "−"}${text} pp`;
}

export const writeTerm = ({ feature, value }: { feature: string; value: string | null }): string =>
  value === null
    ? `${feature} missing`
    : /^[[(]/.test(value)
      ? `${feature} in ${value}`
      : `${feature} = ${value}`;

export const writeThreshold = (threshold: number): string =>
  Number.isFinite(threshold) ? formatValue(threshold, 4) : "above every score";
