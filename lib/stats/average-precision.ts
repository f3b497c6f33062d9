import type { Interval } from "./interval";
import { logitInterval } from "./interval";
import type { ThresholdCounts } from "./threshold-counts";

/**
 * Average precision: the area under the precision–recall curve in steps, Σ (recallᵢ − recallᵢ₋₁)·precisionᵢ. Equal to
 * scikit-learn's `average_precision_score`; unlike the trapezoidal area it is not too hopeful between two points.
 *
 * @param counts of all thresholds, not thinned
 * @returns in [0, 1], higher is better; the share of positives is chance; null without a positive. O(thresholds).
 * @see Davis & Goadrich (2006), doi:10.1145/1143844.1143874
 * @example averagePrecision(thresholdCounts({ positive: [0.8, 0.4], negative: [0.6] })) // 0.8333…
 */
export function averagePrecision({
  positives,
  truePositives,
  falsePositives,
}: ThresholdCounts): number | null {
  if (positives === 0) return null;
  let area = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const hits = truePositives[i]!;
    area += ((hits - before) / positives) * (hits / (hits + falsePositives[i]!));
    before = hits;
  }
  return area;
}

/**
 * The 95 % interval of average precision on the logit scale, whose error there is 1/√(positives·AP·(1 − AP)).
 *
 * @returns bounds in [0, 1]; null without a positive. O(1).
 * @see Boyd, Eng & Page (2013), doi:10.1007/978-3-642-40994-3_29
 */
export function averagePrecisionInterval({
  value,
  positives,
}: {
  value: number;
  positives: number;
}): Interval | null {
  return logitInterval({
    value,
    standardError: Math.sqrt((value * (1 - value)) / positives),
    n: positives,
  });
}
