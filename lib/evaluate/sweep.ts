import { fromCounts } from "./binary-counts";
import type { Curve, EvaluationReport } from "./schema";

/** What each of the two errors costs, in a unit of the reader's own. */
export type Costs = { falsePositive: number; falseNegative: number };

export type Cut = {
  /** The score from which a row is positive; Infinity: none is. */
  threshold: number;
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
  accuracy: number;
  /** null: no row is positive. */
  precision: number | null;
  /** null: no row really is. */
  recall: number | null;
  specificity: number | null;
  f1: number | null;
  selectionRate: number;
  /** of all rows together, and of one on average */
  cost: number;
  costPerRow: number;
};

/**
 * All that moves with the threshold, exactly, at the kept threshold nearest above it or equal: the counts of a cut between
 * two kept thresholds are those of the upper one, whose value is given back.
 * @throws RangeError for a curve without rows. O(log thresholds).
 */
export function atThreshold(curve: Curve, threshold: number, costs: Costs): Cut {
  let low = 0;
  let high = curve.thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (curve.thresholds[middle]! >= threshold) low = middle + 1;
    else high = middle;
  }
  return cutAt(curve, low - 1, costs);
}

/** The cut that costs least; of equal ones the highest threshold. O(thresholds). */
export function cheapest(curve: Curve, costs: Costs): Cut {
  let best = cutAt(curve, -1, costs);
  for (let i = 0; i < curve.thresholds.length; i++) {
    const cut = cutAt(curve, i, costs);
    if (cut.cost < best.cost) best = cut;
  }
  return best;
}

/** @param index place among the kept thresholds; −1: no row is positive */
function cutAt(curve: Curve, index: number, { falsePositive, falseNegative }: Costs): Cut {
  const { positives, negatives } = curve;
  const n = positives + negatives;
  if (n === 0) throw new RangeError("the curve rests on no row: there is nothing to cut");
  const truePositives = index < 0 ? 0 : curve.true_positives[index]!;
  const falsePositives = index < 0 ? 0 : curve.false_positives[index]!;
  const falseNegatives = positives - truePositives;
  const trueNegatives = negatives - falsePositives;
  const share = (top: number, bottom: number) => (bottom > 0 ? top / bottom : null);
  const cost = falsePositives * falsePositive + falseNegatives * falseNegative;
  return {
    threshold: index < 0 ? Number.POSITIVE_INFINITY : curve.thresholds[index]!,
    truePositives,
    falsePositives,
    falseNegatives,
    trueNegatives,
    accuracy: (truePositives + trueNegatives) / n,
    precision: share(truePositives, truePositives + falsePositives),
    recall: share(truePositives, positives),
    specificity: share(trueNegatives, negatives),
    f1: share(2 * truePositives, truePositives + falsePositives + positives),
    selectionRate: (truePositives + falsePositives) / n,
    cost,
    costPerRow: cost / n,
  };
}

/**
 * A binary report with the confusion matrix, classes and metrics as they are at another cut. Curves, calibration and losses
 * do not depend on it; slices, fairness and the worst rows stay those of the threshold it was computed at.
 */
export function reportAt(report: EvaluationReport, cut: Cut): EvaluationReport {
  const { classes, positive_class } = report;
  if (report.task !== "binary" || !classes || positive_class === undefined) return report;
  const positive = classes.indexOf(positive_class);
  const counts = [
    [cut.trueNegatives, cut.falsePositives],
    [cut.falseNegatives, cut.truePositives],
  ];
  const ordered = positive === 1 ? counts : counts.map((row) => [...row].reverse()).reverse();
  const { metrics, ...part } = fromCounts(ordered, { classes, positive });
  return { ...report, ...part, metrics: { ...report.metrics, ...metrics } };
}
