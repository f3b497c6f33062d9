import {
  averagedScore,
  averageInterval,
  balancedAccuracy,
  balancedAccuracyInterval,
  type Confusion,
  margins,
  matthewsCorrelation,
  matthewsInterval,
} from "@/lib/stats/confusion-metrics";
import { f1Interval } from "@/lib/stats/f1-interval";
import { meanInterval } from "@/lib/stats/interval";
import { estimate, proportion, shareOrZero } from "./estimate";
import type { Estimate, EvaluationReport, Metrics } from "./schema";

/** counts[true class][predicted class]. O(n). */
export function confusionOf(labels: Float64Array, predictions: Float64Array, classes: number): number[][] {
  const flat = new Float64Array(classes * classes);
  for (let i = 0; i < labels.length; i++) flat[labels[i]! * classes + predictions[i]!]!++;
  return Array.from({ length: classes }, (_, k) => [...flat.subarray(k * classes, (k + 1) * classes)]);
}

export function f1Of(hits: number, falseAlarms: number, misses: number): Estimate {
  const rows = 2 * hits + falseAlarms + misses;
  return rows > 0 ? estimate((2 * hits) / rows, f1Interval({ hits, falseAlarms, misses })) : estimate(0);
}

/** What the table of classes shows; 0/0 is 0, as in scikit-learn. */
export function perClass(
  counts: Confusion,
  classes: readonly string[],
): NonNullable<EvaluationReport["per_class"]> {
  const { support, predicted, own } = margins(counts);
  return classes.map((name, k) => ({
    class: name,
    support: support[k]!,
    predicted: predicted[k]!,
    precision: shareOrZero(own[k]!, predicted[k]!),
    recall: shareOrZero(own[k]!, support[k]!),
    f1: f1Of(own[k]!, predicted[k]! - own[k]!, support[k]! - own[k]!),
  }));
}

/** What binary and multiclass models have in common. */
export function commonMetrics(counts: Confusion): Metrics {
  const { n, hits } = margins(counts);
  return {
    accuracy: proportion(hits, n),
    balanced_accuracy: estimate(balancedAccuracy(counts).value, balancedAccuracyInterval(counts)),
    mcc: estimate(matthewsCorrelation(counts).value, matthewsInterval(counts)),
  };
}

export function averagedMetrics(counts: Confusion): Metrics {
  return Object.fromEntries(
    (["macro", "weighted"] as const).flatMap((average) =>
      (["precision", "recall", "f1"] as const).map((kind) => {
        const metric = averagedScore(counts, kind, average);
        return [`${average}_${kind}`, estimate(metric.value, averageInterval(counts, metric))];
      }),
    ),
  );
}

/** The mean of losses with Student's interval, never below 0. */
export function meanLoss(losses: Float64Array): Estimate {
  let [sum, sumOfSquares] = [0, 0];
  for (const loss of losses) {
    sum += loss;
    sumOfSquares += loss * loss;
  }
  return lossEstimate({ n: losses.length, sum, sumOfSquares });
}

export function lossEstimate(sums: { n: number; sum: number; sumOfSquares: number }): Estimate {
  const found = meanInterval(sums);
  if (!found) return estimate(null);
  const { mean, interval } = found;
  return estimate(mean, interval && { lower: Math.max(0, interval.lower), upper: interval.upper });
}
