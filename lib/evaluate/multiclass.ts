import { placements } from "@/lib/stats/delong";
import { logitInterval } from "@/lib/stats/interval";
import { rowBrierLosses, rowLogLosses } from "@/lib/stats/row-losses";
import type { Measured } from "./binary";
import { calibrationOf } from "./calibration";
import { averagedMetrics, commonMetrics, confusionOf, meanLoss, perClass } from "./classes";
import { curveOf, MOST_THRESHOLDS, scoreHistogram, splitScores } from "./curves";
import { estimate, NOTHING } from "./estimate";
import type { Outcomes } from "./input";
import type { Pace } from "./pace";
import type { Curve, Estimate } from "./schema";
import type { Usable } from "./usable";

/** Beyond this the curves are a tangle, and the report many megabytes. */
const MOST_CURVES = 50;

/** All that a report says of a model of several classes over all rows. O(classes · n log n). */
export async function measureMulticlass(
  { classes, positive }: Extract<Outcomes, { task: "multiclass" }>,
  usable: Usable,
  pace: Pace,
): Promise<Measured> {
  const { labels, predictions, scores, width } = usable;
  const counts = confusionOf(labels, predictions, classes.length);
  const part: Measured["part"] = {
    ...(positive === undefined ? {} : { positive_class: classes[positive]! }),
    classes: [...classes],
    confusion: { classes: [...classes], counts },
    per_class: perClass(counts, classes),
    metrics: { ...commonMetrics(counts), ...averagedMetrics(counts) },
  };
  if (!scores) {
    for (const metric of ["macro_auc", "log_loss", "brier", "ece"]) part.metrics[metric] = NOTHING;
    return { part, losses: Float64Array.from(labels, (label, i) => (label === predictions[i] ? 0 : 1)) };
  }
  const curves: Curve[] = [];
  const most = Math.max(50, Math.floor((2 * MOST_THRESHOLDS) / classes.length));
  const spread = new Float64Array(labels.length);
  for (let k = 0; k < Math.min(classes.length, MOST_CURVES); k++) {
    const split = splitScores(labels, scores, { of: k, width, column: k });
    const curve = curveOf(split, { name: classes[k]!, most });
    curves.push(curve);
    addInfluence(spread, { labels, split, of: k, auc: curve.auc.value });
    await pace.step(0.02 + (0.15 * (k + 1)) / classes.length);
  }
  const confidence = Float64Array.from(labels, (_, i) => scores[i * width + predictions[i]!]!);
  const right = Float64Array.from(labels, (label, i) => (label === predictions[i] ? 1 : 0));
  const calibration = calibrationOf("confidence", { labels: right, scores: confidence });
  await pace.step(0.2);
  const losses = rowLogLosses({ labels, scores, width });
  part.curves = curves;
  part.calibration = calibration;
  part.score_histogram = scoreHistogram(confidence, ["right", "wrong"], (i) => 1 - right[i]!);
  Object.assign(part.metrics, {
    macro_auc: classes.length > MOST_CURVES ? NOTHING : macroArea(curves, spread),
    log_loss: meanLoss(losses),
    brier: meanLoss(rowBrierLosses({ labels, scores, width })),
    ece: calibration.uniform.ece,
  });
  return { part, losses };
}

/** Adds what each row adds to the area of one class: DeLong's components, by row. */
function addInfluence(
  spread: Float64Array,
  {
    labels,
    split,
    of,
    auc,
  }: {
    labels: Float64Array;
    split: { positive: Float64Array; negative: Float64Array };
    of: number;
    auc: number | null;
  },
): void {
  if (auc === null) return;
  const own = placements({ own: split.positive, others: split.negative });
  const others = placements({ own: split.negative, others: split.positive });
  const n = labels.length;
  let [p, q] = [0, 0];
  for (let i = 0; i < n; i++) {
    if (labels[i] === of) spread[i]! += ((own[p++]! - auc) * n) / own.length;
    else spread[i]! += ((1 - others[q++]! - auc) * n) / others.length;
  }
}

/** The mean of the classes' areas; its error by the sum of the rows' influences on all of them. */
function macroArea(curves: readonly Curve[], spread: Float64Array): Estimate {
  let sum = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const { auc, positives, negatives } of curves) {
    if (auc.value === null) return NOTHING;
    sum += auc.value;
    smallest = Math.min(smallest, positives, negatives);
  }
  const value = sum / curves.length;
  let squares = 0;
  for (const influence of spread) squares += (influence / curves.length) ** 2;
  const standardError = Math.sqrt(squares) / spread.length;
  return estimate(value, logitInterval({ value, standardError, n: smallest }));
}
