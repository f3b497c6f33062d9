import { binaryScores, classificationScores } from "@/lib/stats/classification";
import { brierFromSums, logLossFromSums, type ScoreSums } from "@/lib/stats/probability-losses";
import { regressionScoresFromSums } from "@/lib/stats/regression";
import { aucFromHistogram } from "@/lib/stats/roc-auc";
import type { Measure, OutcomeCell, Outcomes } from "./outcome";
import type { Metrics } from "./schema";
import { addKeys, SCORE_KEYS } from "./score-keys";

export type Measured = {
  /** Labelled predictions. */
  n: number;
  metrics: Metrics;
  /** A metric that is not here is exact. */
  errorBounds: Metrics;
  /** Share of the positive class, or mean label; null without a label, and for several classes. */
  labelMean: number | null;
  /** Rows with a score, by truth; what the AUC rests on. */
  scoredPositive: number;
  scoredNegative: number;
};

/**
 * The metrics of labelled predictions from their additive sums.
 *
 * Binary: accuracy, precision, recall, f1 of the positive class; auc, log_loss, brier of the rows that have a score.
 * Several classes: accuracy, macro_precision, macro_recall, macro_f1; log_loss of the rows with a probability per class.
 * Regression: rmse, mae, r2.
 * 0/0 is as scikit-learn has it: a class never predicted has precision 0, one that never occurred recall 0. Without a
 * labelled row a metric is null, and so is an AUC of one class alone.
 *
 * @returns auc within `errorBounds.auc` of the raw scores' (bins of 1/128 logit); the others equal lib/stats on raw
 *   rows to rounding. O(cells + score bins).
 */
export function measure(how: Measure, outcomes: Outcomes): Measured {
  switch (how.task) {
    case "binary":
      return measureBinary(how.positive, outcomes);
    case "multiclass":
      return measureClasses(outcomes);
    case "regression":
      return measureRegression(outcomes);
  }
}

function measureBinary(positive: number, { cells, scores }: Outcomes): Measured {
  const hits = binaryScores(confusionCells(cells), String(positive));
  const sums = {
    positive: scoreSums(cells.filter((cell) => cell.actual === positive)),
    negative: scoreSums(cells.filter((cell) => cell.actual !== positive)),
  };
  const auc = aucFromHistogram(scoreHistograms(positive, scores));
  return {
    n: hits?.n ?? 0,
    metrics: {
      accuracy: hits?.accuracy ?? null,
      precision: hits?.precision ?? null,
      recall: hits?.recall ?? null,
      f1: hits?.f1 ?? null,
      auc: auc?.value ?? null,
      log_loss: logLossFromSums(sums),
      brier: brierFromSums(sums),
    },
    errorBounds: auc ? { auc: auc.errorBound } : {},
    labelMean: hits ? hits.support / hits.n : null,
    scoredPositive: sums.positive.n,
    scoredNegative: sums.negative.n,
  };
}

function measureClasses({ cells }: Outcomes): Measured {
  const scores = classificationScores(confusionCells(cells));
  const classScored = total(cells, (cell) => cell.classScored);
  return {
    n: scores?.n ?? 0,
    metrics: {
      accuracy: scores?.accuracy ?? null,
      macro_precision: scores?.macro.precision ?? null,
      macro_recall: scores?.macro.recall ?? null,
      macro_f1: scores?.macro.f1 ?? null,
      log_loss: classScored > 0 ? -total(cells, (cell) => cell.sumLogActual) / classScored : null,
    },
    errorBounds: {},
    labelMean: null,
    scoredPositive: 0,
    scoredNegative: 0,
  };
}

function measureRegression({ cells }: Outcomes): Measured {
  const cell = cells[0];
  const n = cell?.n ?? 0;
  const scores = cell
    ? regressionScoresFromSums({
        n,
        sumAbsError: cell.sumAbsoluteError,
        sumSquaredError: cell.sumSquaredError,
        sumLabel: cell.sumLabel,
        sumSquaredLabel: 0,
      })
    : null;
  return {
    n,
    metrics: {
      rmse: scores?.rmse ?? null,
      mae: scores?.mae ?? null,
      r2: cell ? explained(cell) : null,
    },
    errorBounds: {},
    labelMean: cell && n > 0 ? cell.sumLabel / n : null,
    scoredPositive: 0,
    scoredNegative: 0,
  };
}

/** R², whose spread of the labels comes from exact sums; labels all alike as in lib/stats/regression. */
function explained({ n, sumSquaredError, labelSpread }: OutcomeCell): number | null {
  if (n < 2) return null;
  if (labelSpread <= 0) return sumSquaredError === 0 ? 1 : 0;
  return 1 - sumSquaredError / labelSpread;
}

/** Score histograms of the positive class and of the others, over the same ascending bins. */
export function scoreHistograms(
  positive: number,
  scores: Outcomes["scores"],
): { positive: Float64Array; negative: Float64Array } {
  const histograms = { positive: new Float64Array(SCORE_KEYS), negative: new Float64Array(SCORE_KEYS) };
  for (const part of scores) addKeys(histograms[part.actual === positive ? "positive" : "negative"], part);
  return histograms;
}

function confusionCells(cells: readonly OutcomeCell[]) {
  return cells.map((cell) => ({
    actual: String(cell.actual),
    predicted: String(cell.predicted),
    count: cell.n,
  }));
}

function scoreSums(cells: readonly OutcomeCell[]): ScoreSums {
  return {
    n: total(cells, (cell) => cell.scored),
    sumScore: total(cells, (cell) => cell.sumScore),
    sumSquaredScore: total(cells, (cell) => cell.sumScoreSquared),
    sumLogScore: total(cells, (cell) => cell.sumLogScore),
    sumLogOneMinusScore: total(cells, (cell) => cell.sumLogComplement),
  };
}

function total(cells: readonly OutcomeCell[], pick: (cell: OutcomeCell) => number): number {
  return cells.reduce((sum, cell) => sum + pick(cell), 0);
}
