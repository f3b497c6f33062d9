import { lowerIsBetter } from "@/lib/models/metric";
import type { CardMetric } from "./schema";

/** A threshold of a card as a gate can ask it. */
export type CardGate = {
  metric: string;
  bound: "at least" | "at most";
  threshold: number;
  value: number | null;
  /** null without a value. */
  passed: boolean | null;
};

const LOWER =
  /(^|[\W_])(\w*log_?loss|loss|error|rmse|rmsle|mse|mae|s?mape|brier|ece|deviance|latency|wer|cer|perplexity|fpr|fnr|false_(positive|negative)_rate)($|[\W_])/i;

/** Of errors and losses less is better: also of LightGBM's binary_logloss and XGBoost's validation_0-mlogloss. */
export const boundOf = (metric: string): CardGate["bound"] =>
  lowerIsBetter(metric) || LOWER.test(metric) ? "at most" : "at least";

/** The threshold of an error or a loss is the most that it may be. */
export const cardGates = (metrics: readonly CardMetric[]): CardGate[] =>
  metrics.flatMap(({ name, value, threshold }) => {
    if (threshold === null) return [];
    const bound = boundOf(name);
    const passed = value === null ? null : bound === "at most" ? value <= threshold : value >= threshold;
    return [{ metric: name, bound, threshold, value, passed }];
  });
