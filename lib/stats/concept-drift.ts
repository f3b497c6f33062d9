import type { Sample } from "./sample";

export type ConceptDrift = {
  status: "collecting" | "no-baseline-spread" | "stable" | "drift";
  driftDetected: boolean;
  /** mean of the window; null while there is no value */
  currentMean: number | null;
  baselineMean: number;
  /** (current − baseline mean) / baseline deviation; null while collecting or without spread */
  zScore: number | null;
  /** percent of the baseline mean that was lost, negative for a gain; null while collecting or at a mean of 0 */
  performanceDrop: number | null;
  message: string;
};

/**
 * The textbook concept-drift detector: has the mean of a rolling window of performance values left the baseline by
 * more than `sensitivity` baseline deviations?
 *
 * Feed it with the performance of consecutive chunks of labelled predictions (accuracy of 100 rows each),
 * and take the baseline's mean and deviation over chunks of that size. Fed with single outcomes, 0 or 1, the
 * deviation is about 0.4 and no window can leave it: docs/statistics.md states the power of both.
 *
 * @param values performance, oldest first, higher is better (negate an error); the last `windowSize` are used.
 *   Chunks without a label are left out by the caller; NaN is refused.
 * @param baselineMean, baselineDeviation of the same measure on the baseline, in the same unit
 * @param windowSize values in the rolling window, 1,000
 * @param sensitivity deviations that count as drift, 2; either direction
 * @param minimum values below which nothing is said, 100
 * @returns a verdict and its numbers; a baseline without spread (deviation 0) is a status of its own, since
 *   any change would be infinitely many deviations. O(windowSize).
 * @throws RangeError on NaN or on a negative deviation
 * @see Gama et al. (2014), A survey on concept drift adaptation, doi:10.1145/2523813
 * @example conceptDrift({ values: Array(100).fill(0.7), baselineMean: 0.8, baselineDeviation: 0.04 })
 *   // { status: "drift", zScore: -2.5, performanceDrop: 12.5, … }
 */
export function conceptDrift({
  values,
  baselineMean,
  baselineDeviation,
  windowSize = 1000,
  sensitivity = 2,
  minimum = 100,
}: {
  values: Sample;
  baselineMean: number;
  baselineDeviation: number;
  windowSize?: number;
  sensitivity?: number;
  minimum?: number;
}): ConceptDrift {
  if (!(baselineDeviation >= 0) || !Number.isFinite(baselineMean)) {
    throw new RangeError(
      `a baseline of mean ${baselineMean} and deviation ${baselineDeviation}: expected finite numbers, deviation 0 or more`,
    );
  }
  const first = Math.max(0, values.length - windowSize);
  const count = values.length - first;
  let sum = 0;
  for (let i = first; i < values.length; i++) sum += values[i]!;
  if (Number.isNaN(sum)) throw new RangeError("performance values hold NaN: leave out chunks without labels");
  const currentMean = count > 0 ? sum / count : null;
  const base = { driftDetected: false, currentMean, baselineMean, zScore: null, performanceDrop: null };
  if (currentMean === null || count < minimum) {
    return {
      ...base,
      status: "collecting",
      message: `Collecting data: ${count} of ${minimum} performance values`,
    };
  }
  const performanceDrop =
    baselineMean === 0 ? null : ((baselineMean - currentMean) / Math.abs(baselineMean)) * 100;
  if (baselineDeviation === 0) {
    return {
      ...base,
      status: "no-baseline-spread",
      performanceDrop,
      message:
        "The baseline has no spread: its chunks all performed alike, so no change can be scaled. Take a larger baseline",
    };
  }
  const zScore = (currentMean - baselineMean) / baselineDeviation;
  const driftDetected = Math.abs(zScore) > sensitivity;
  const moved = `mean ${rounded(currentMean)} over ${count} values against ${rounded(baselineMean)} in the baseline`;
  return {
    status: driftDetected ? "drift" : "stable",
    driftDetected,
    currentMean,
    baselineMean,
    zScore,
    performanceDrop,
    message: driftDetected
      ? `Concept drift: ${moved}, ${rounded(Math.abs(zScore))} baseline deviations ${zScore < 0 ? "worse" : "better"}`
      : `No concept drift: ${moved}, within ${sensitivity} baseline deviations`,
  };
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(4)));
}
