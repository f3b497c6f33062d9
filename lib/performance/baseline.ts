import { z } from "zod";
import { binaryScores, type ConfusionCell, classificationScores } from "@/lib/stats/classification";
import { brier, logLoss } from "@/lib/stats/probability-losses";
import { regressionScores } from "@/lib/stats/regression";
import { rocAuc } from "@/lib/stats/roc-auc";
import type { Measure } from "./outcome";
import { Metrics } from "./schema";

/** How a baseline performed: baseline.performance in the store. */
export const BaselinePerformance = z.object({
  /** Rows, and those of them with a label and a prediction. */
  n: z.number().int(),
  labelled: z.number().int(),
  metrics: Metrics,
  /** Share of the positive class, or mean label. */
  labelMean: z.number().nullable(),
  /** Accuracy (or mean absolute error) of consecutive chunks of labelled rows; null where there are too few. */
  chunks: z.object({
    size: z.number().int(),
    mean: z.number().nullable(),
    deviation: z.number().nullable(),
    n: z.number().int(),
  }),
  /** Regression: standard deviation of the squared errors, which the chance band of rmse is made of. */
  squaredErrorDeviation: z.number().nullable().optional(),
  /** Code of the class that precision, auc and labelMean speak of. */
  positive: z.number().int().nullable().optional(),
});
export type BaselinePerformance = z.infer<typeof BaselinePerformance>;

/** A baseline's rows in their order; NaN = missing. Classes are codes. */
export type BaselineRows = {
  prediction: Float64Array | null;
  label: Float64Array | null;
  score: Float64Array | null;
};

/**
 * Performance of a baseline's rows, and its spread over consecutive chunks of labelled rows: what the concept drift
 * detector holds new chunks against. The last chunk counts only when it is full; the deviation is the sample's
 * (n − 1) and wants two chunks.
 */
export function measureBaseline(
  how: Measure | null,
  rows: BaselineRows,
  { n, chunkSize }: { n: number; chunkSize: number },
): BaselinePerformance {
  const pairs = how && rows.prediction && rows.label ? labelledPairs(rows) : null;
  if (!how || !pairs || pairs.length === 0) {
    return {
      n,
      labelled: 0,
      metrics: {},
      labelMean: null,
      chunks: { size: chunkSize, mean: null, deviation: null, n: 0 },
    };
  }
  return {
    n,
    labelled: pairs.length,
    positive: how.task === "binary" ? how.positive : null,
    ...(how.task === "regression" ? regression(pairs) : classification(how, pairs)),
    chunks: chunkSpread(
      pairs.map((pair) =>
        how.task === "regression"
          ? Math.abs(pair.prediction - pair.label)
          : +(pair.prediction === pair.label),
      ),
      chunkSize,
    ),
  };
}

type Pair = { prediction: number; label: number; score: number };

function labelledPairs({ prediction, label, score }: BaselineRows): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0; i < label!.length; i++) {
    const pair = { prediction: prediction![i]!, label: label![i]!, score: score?.[i] ?? Number.NaN };
    if (!Number.isNaN(pair.prediction) && !Number.isNaN(pair.label)) pairs.push(pair);
  }
  return pairs;
}

type Part = Pick<BaselinePerformance, "metrics" | "labelMean" | "squaredErrorDeviation">;

function regression(pairs: readonly Pair[]): Part {
  const scores = regressionScores({
    labels: pairs.map((pair) => pair.label),
    predictions: pairs.map((pair) => pair.prediction),
  })!;
  const squared = pairs.map((pair) => (pair.prediction - pair.label) ** 2);
  return {
    metrics: { rmse: scores.rmse, mae: scores.mae, r2: scores.r2 },
    labelMean: mean(pairs.map((pair) => pair.label)),
    squaredErrorDeviation: deviation(squared),
  };
}

function classification(how: Measure, pairs: readonly Pair[]): Part {
  const cells = pairs.map(
    (pair): ConfusionCell => ({ actual: String(pair.label), predicted: String(pair.prediction), count: 1 }),
  );
  if (how.task !== "binary") {
    const { accuracy, macro } = classificationScores(cells)!;
    return {
      metrics: {
        accuracy,
        macro_precision: macro.precision,
        macro_recall: macro.recall,
        macro_f1: macro.f1,
        log_loss: null,
      },
      labelMean: null,
    };
  }
  const { accuracy, precision, recall, f1 } = binaryScores(cells, String(how.positive))!;
  const scored = pairs.filter((pair) => !Number.isNaN(pair.score));
  const labels = scored.map((pair) => pair.label === how.positive);
  const scores = scored.map((pair) => pair.score);
  return {
    metrics: {
      accuracy,
      precision,
      recall,
      f1,
      auc: rocAuc({
        positive: scores.filter((_, i) => labels[i]),
        negative: scores.filter((_, i) => !labels[i]),
      }),
      log_loss: logLoss({ labels, scores }),
      brier: brier({ labels, scores }),
    },
    labelMean: mean(pairs.map((pair) => +(pair.label === how.positive))),
  };
}

/** Mean and deviation of the means of consecutive full chunks. */
export function chunkSpread(values: readonly number[], size: number): BaselinePerformance["chunks"] {
  const means: number[] = [];
  for (let from = 0; from + size <= values.length; from += size)
    means.push(mean(values.slice(from, from + size)));
  return { size, mean: means.length > 0 ? mean(means) : null, deviation: deviation(means), n: means.length };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}
