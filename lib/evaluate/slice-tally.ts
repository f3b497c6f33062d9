import { meanInterval } from "@/lib/stats/interval";
import { newcombeDifference } from "@/lib/stats/newcombe-difference";
import { normalQuantile, normalTwoSidedTail } from "@/lib/stats/normal-distribution";
import { meanAbsoluteInterval, rootMeanSquareInterval } from "@/lib/stats/regression-intervals";
import { twoProportions } from "@/lib/stats/two-proportions";
import { f1Of } from "./classes";
import { estimate, NOTHING, proportion } from "./estimate";
import type { Outcomes } from "./input";
import type { Metrics } from "./schema";
import type { Usable } from "./usable";

export type Gap = { value: number; low: number; high: number; p_value: number };

/** What is summed up over the rows of a slice, and what follows from the sums. */
export type Tally = {
  of: "error_rate" | "squared_error";
  /** Sums a slice has. */
  width: number;
  /** Adds each row's values to the sums of its cell; cells below 0 are left out. */
  add: (sums: Float64Array, cells: Int32Array) => void;
  rows: (sums: Float64Array) => number;
  metrics: (sums: Float64Array) => Metrics;
  /** How much worse than the rest; the interval with this confidence. */
  gap: (own: Float64Array, rest: Float64Array, confidence: number) => Gap;
};

export function tallyOf(outcomes: Outcomes, usable: Usable): Tally {
  if (outcomes.task === "regression") return errorTally(usable);
  return classTally(outcomes.task === "binary" ? outcomes.positive : null, usable);
}

/** Cells of label × prediction as positive or not; without a positive class: right (0) or wrong (1). */
function classTally(positive: number | null, { labels, predictions }: Usable): Tally {
  const outcome = new Uint8Array(labels.length);
  for (let i = 0; i < outcome.length; i++) {
    outcome[i] =
      positive === null
        ? Number(labels[i] !== predictions[i])
        : Number(labels[i] === positive) * 2 + Number(predictions[i] === positive);
  }
  const width = positive === null ? 2 : 4;
  const wrong = (sums: Float64Array) => (positive === null ? sums[1]! : sums[1]! + sums[2]!);
  const rows = (sums: Float64Array) => sums.reduce((sum, count) => sum + count, 0);
  return {
    of: "error_rate",
    width,
    add(sums, cells) {
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]!;
        if (cell >= 0) sums[cell * width + outcome[i]!]!++;
      }
    },
    rows,
    metrics(sums): Metrics {
      const n = rows(sums);
      const accuracy = proportion(n - wrong(sums), n);
      if (positive === null) return { accuracy };
      const [rejections, falseAlarms, misses, hits] = [...sums] as [number, number, number, number];
      return {
        accuracy,
        precision: proportion(hits, hits + falseAlarms),
        recall: proportion(hits, hits + misses),
        specificity: proportion(rejections, rejections + falseAlarms),
        f1: hits + falseAlarms + misses > 0 ? f1Of(hits, falseAlarms, misses) : NOTHING,
        selection_rate: proportion(hits + falseAlarms, n),
      };
    },
    gap(own, rest, confidence) {
      const sides = {
        current: { hits: wrong(own), n: rows(own) },
        reference: { hits: wrong(rest), n: rows(rest) },
      };
      const { difference, interval } = newcombeDifference(sides, { confidence })!;
      return {
        value: difference,
        low: interval.lower,
        high: interval.upper,
        p_value: twoProportions(sides)!.pValue,
      };
    },
  };
}

const [COUNT, PLAIN, ABSOLUTE, SQUARED, FOURTH] = [0, 1, 2, 3, 4] as const;

function errorTally({ labels, predictions }: Usable): Tally {
  const errors = new Float64Array(labels.length);
  for (let i = 0; i < errors.length; i++) errors[i] = predictions[i]! - labels[i]!;
  const width = 5;
  const moments = (sums: Float64Array) => {
    const n = sums[COUNT]!;
    const mean = sums[SQUARED]! / n;
    return { mean, variance: Math.max(0, sums[FOURTH]! - n * mean * mean) / Math.max(1, n - 1) / n };
  };
  return {
    of: "squared_error",
    width,
    add(sums, cells) {
      for (let i = 0; i < cells.length; i++) {
        if (cells[i]! < 0) continue;
        const at = cells[i]! * width;
        const error = errors[i]!;
        const square = error * error;
        sums[at]!++;
        sums[at + PLAIN]! += error;
        sums[at + ABSOLUTE]! += Math.abs(error);
        sums[at + SQUARED]! += square;
        sums[at + FOURTH]! += square * square;
      }
    },
    rows: (sums) => sums[COUNT]!,
    metrics(sums) {
      const n = sums[COUNT]!;
      if (n === 0) return { rmse: NOTHING, mae: NOTHING, mean_error: NOTHING };
      const [absolute, squared, fourth] = [sums[ABSOLUTE]!, sums[SQUARED]!, sums[FOURTH]!];
      const bias = meanInterval({ n, sum: sums[PLAIN]!, sumOfSquares: squared })!;
      return {
        rmse: estimate(Math.sqrt(squared / n), rootMeanSquareInterval({ n, squared, fourth })),
        mae: estimate(absolute / n, meanAbsoluteInterval({ n, absolute, squared })),
        mean_error: estimate(bias.mean, bias.interval),
      };
    },
    gap(own, rest, confidence) {
      const [first, second] = [moments(own), moments(rest)];
      const value = first.mean - second.mean;
      const error = Math.sqrt(first.variance + second.variance);
      const half = normalQuantile(0.5 + confidence / 2) * error;
      return {
        value,
        low: value - half,
        high: value + half,
        p_value: error > 0 ? normalTwoSidedTail(value / error) : 1,
      };
    },
  };
}
