import type { MetricReading } from "./schema";

const NAMES: Record<string, string> = {
  auc: "AUC",
  f1: "F1",
  rmse: "RMSE",
  mae: "MAE",
  r2: "R²",
  log_loss: "log loss",
  brier: "Brier score",
  macro_f1: "macro F1",
  weighted_f1: "weighted F1",
  mcc: "Matthews correlation",
  ece: "calibration error",
};

const LOWER_IS_BETTER = new Set(["rmse", "mae", "log_loss", "brier"]);

/** A metric's name as people write it: "auc" → "AUC". */
export const metricName = (name: string): string => NAMES[name] ?? name.replaceAll("_", " ");

export const lowerIsBetter = (name: string): boolean => LOWER_IS_BETTER.has(name);

export type Standing = "worse" | "better" | "within" | "unknown";

/** Where a metric lies against the band in which chance alone would move it around its baseline. */
export function metricStanding({ name, value, band }: MetricReading): Standing {
  if (value === null || band === null) return "unknown";
  const [low, high] = band;
  if (value < low) return lowerIsBetter(name) ? "better" : "worse";
  if (value > high) return lowerIsBetter(name) ? "worse" : "better";
  return "within";
}
