import { commonMetrics, f1Of, perClass } from "./classes";
import { proportion, shareOrZero } from "./estimate";
import type { EvaluationReport } from "./schema";

export type CountedPart = Required<Pick<EvaluationReport, "confusion" | "per_class" | "metrics">>;

/** All that a binary report says from its four counts alone. @param counts [true class][predicted class] */
export function fromCounts(
  counts: number[][],
  { classes, positive }: { classes: readonly string[]; positive: number },
): CountedPart {
  const negative = 1 - positive;
  const hits = counts[positive]![positive]!;
  const misses = counts[positive]![negative]!;
  const falseAlarms = counts[negative]![positive]!;
  const rejections = counts[negative]![negative]!;
  return {
    confusion: { classes: [...classes], counts },
    per_class: perClass(counts, classes),
    metrics: {
      ...commonMetrics(counts),
      precision: shareOrZero(hits, hits + falseAlarms),
      recall: shareOrZero(hits, hits + misses),
      specificity: shareOrZero(rejections, rejections + falseAlarms),
      f1: f1Of(hits, falseAlarms, misses),
      selection_rate: proportion(hits + falseAlarms, hits + falseAlarms + misses + rejections),
    },
  };
}
