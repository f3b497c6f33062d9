import { rowBrierLosses, rowLogLosses } from "@/lib/stats/row-losses";
import { fromCounts } from "./binary-counts";
import { calibrationOf } from "./calibration";
import { confusionOf, meanLoss } from "./classes";
import { curveOf, MOST_THRESHOLDS, scoreHistogram, splitScores } from "./curves";
import { NOTHING } from "./estimate";
import type { Outcomes } from "./input";
import type { Pace } from "./pace";
import type { EvaluationReport } from "./schema";
import { thresholdOf, type Usable } from "./usable";

export type Measured = {
  part: Partial<EvaluationReport> & Pick<EvaluationReport, "metrics">;
  /** What each row costs, for slices and the rows that are worst; 1 for a wrong row where there are no scores. */
  losses: Float64Array;
};

/** All that a report says of a binary model over all rows. O(n log n). */
export async function measureBinary(
  outcomes: Extract<Outcomes, { task: "binary" }>,
  { labels, predictions, scores }: Usable,
  pace: Pace,
): Promise<Measured> {
  const { classes, positive } = outcomes;
  const name = classes[positive]!;
  const counted = fromCounts(confusionOf(labels, predictions, 2), { classes, positive });
  const part: Measured["part"] = { positive_class: name, classes: [...classes], ...counted };
  if (!scores) {
    for (const metric of ["auc", "average_precision", "log_loss", "brier", "ece"])
      part.metrics[metric] = NOTHING;
    return { part, losses: Float64Array.from(labels, (label, i) => (label === predictions[i] ? 0 : 1)) };
  }
  const threshold = thresholdOf(outcomes);
  const isPositive = Float64Array.from(labels, (label) => (label === positive ? 1 : 0));
  await pace.step(0.05);
  const split = splitScores(labels, scores, { of: positive, width: 1, column: 0 });
  const curve = curveOf(split, { name, most: MOST_THRESHOLDS, also: [threshold] });
  await pace.step(0.15);
  const calibration = calibrationOf("positive_class", { labels: isPositive, scores });
  await pace.step(0.2);
  const losses = rowLogLosses({ labels: isPositive, scores, width: 1 });
  part.threshold = threshold;
  part.curves = [curve];
  part.calibration = calibration;
  part.score_histogram = scoreHistogram(scores, classes, (i) => labels[i]!);
  Object.assign(part.metrics, {
    auc: curve.auc,
    average_precision: curve.average_precision,
    log_loss: meanLoss(losses),
    brier: meanLoss(rowBrierLosses({ labels: isPositive, scores, width: 1 })),
    ece: calibration.uniform.ece,
  });
  return { part, losses };
}
