import {
  calibrationBins,
  calibrationErrorInterval,
  expectedCalibrationError,
} from "@/lib/stats/calibration-curve";
import { estimate, proportion } from "./estimate";
import type { Calibration } from "./schema";

const BINS = 10;

/** @param rows 1 where it came true, and its probability, row by row; at least one */
export function calibrationOf(
  of: Calibration["of"],
  rows: { labels: ArrayLike<number>; scores: Float64Array },
): Calibration {
  const cut = (strategy: "uniform" | "quantile"): Calibration["uniform"] => {
    const bins = calibrationBins(rows, { bins: BINS, strategy });
    return {
      bins: bins.map(({ low, high, n, sumScore, hits }) => ({
        low,
        high,
        n,
        mean_score: sumScore / n,
        observed: proportion(hits, n),
      })),
      ece: estimate(expectedCalibrationError(bins), calibrationErrorInterval(bins)),
    };
  };
  return { of, uniform: cut("uniform"), quantile: cut("quantile") };
}
