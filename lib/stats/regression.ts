/** What labelled rows of a regression add up to; the sum of two hours is the sums of both. */
export type RegressionSums = {
  n: number;
  sumAbsError: number;
  sumSquaredError: number;
  sumLabel: number;
  sumSquaredLabel: number;
};

export type RegressionScores = {
  n: number;
  /** root mean squared error, in the label's unit; lower is better */
  rmse: number;
  /** mean absolute error, in the label's unit; lower is better */
  mae: number;
  /** share of the labels' variance explained, at most 1; null below two rows */
  r2: number | null;
};

/**
 * RMSE, MAE and R² of predictions, row by row; equal to scikit-learn's.
 *
 * R² is 1 − Σ(y − ŷ)²/Σ(y − ȳ)²; where all labels are alike it is 1 for a perfect prediction and 0
 * otherwise, as in scikit-learn.
 *
 * @param rows labels and predictions, finite, of equal length
 * @returns null without a row. O(n).
 * @throws RangeError on different lengths
 * @see Chicco et al. (2021), doi:10.7717/peerj-cs.623
 * @example regressionScores({ labels: [1, 2, 3], predictions: [1, 2, 4] })
 *   // { n: 3, rmse: 0.577…, mae: 0.333…, r2: 0.5 }
 */
export function regressionScores({
  labels,
  predictions,
}: {
  labels: ArrayLike<number>;
  predictions: ArrayLike<number>;
}): RegressionScores | null {
  const sums = regressionSums({ labels, predictions });
  if (sums.n === 0) return null;
  const mean = sums.sumLabel / sums.n;
  let spread = 0;
  for (let i = 0; i < labels.length; i++) spread += (labels[i]! - mean) ** 2;
  return scored(sums, spread);
}

/**
 * {@link regressionScores} from sums. RMSE and MAE are the same numbers to rounding. The spread of the labels is
 * Σy² − (Σy)²/n, which loses about as many digits as (mean/deviation)² has; below 1e-12 of Σy² it counts
 * as no spread at all.
 *
 * @returns null without a row. O(1).
 */
export function regressionScoresFromSums(sums: RegressionSums): RegressionScores | null {
  if (!(sums.n > 0)) return null;
  const spread = sums.sumSquaredLabel - sums.sumLabel ** 2 / sums.n;
  return scored(sums, spread <= 1e-12 * sums.sumSquaredLabel ? 0 : spread);
}

/** The sums of labelled rows, to be stored and added up. O(n). */
export function regressionSums({
  labels,
  predictions,
}: {
  labels: ArrayLike<number>;
  predictions: ArrayLike<number>;
}): RegressionSums {
  if (labels.length !== predictions.length) {
    throw new RangeError(`${labels.length} labels with ${predictions.length} predictions: give one a label`);
  }
  const sums = { n: labels.length, sumAbsError: 0, sumSquaredError: 0, sumLabel: 0, sumSquaredLabel: 0 };
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    const error = label - predictions[i]!;
    sums.sumAbsError += Math.abs(error);
    sums.sumSquaredError += error * error;
    sums.sumLabel += label;
    sums.sumSquaredLabel += label * label;
  }
  return sums;
}

function scored({ n, sumAbsError, sumSquaredError }: RegressionSums, spread: number): RegressionScores {
  const perfect = sumSquaredError === 0 ? 1 : 0;
  return {
    n,
    rmse: Math.sqrt(sumSquaredError / n),
    mae: sumAbsError / n,
    r2: n < 2 ? null : spread === 0 ? perfect : 1 - sumSquaredError / spread,
  };
}
