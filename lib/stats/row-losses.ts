import { clippedLog } from "./probability-losses";

/** Places of the true classes, and probabilities: of class 1 (classes 2, one a row), or `classes` a row. */
export type ClassProbabilities = {
  labels: ArrayLike<number>;
  scores: ArrayLike<number>;
  /** How many probabilities a row has; 1: of class 1 against class 0. */
  width: number;
};

/**
 * What each row adds to log loss: −ln of the probability given to its true class, kept 2⁻⁵² away from 0 and 1 as in
 * scikit-learn's `log_loss`, whose value is their mean.
 *
 * @returns nats, 0 to 36.04, a value a row. O(n).
 * @see Good (1952), doi:10.1111/j.2517-6161.1952.tb00104.x
 * @example rowLogLosses({ labels: [1], scores: [0.5], width: 1 }) // [0.693…]
 */
export function rowLogLosses({ labels, scores, width }: ClassProbabilities): Float64Array {
  const losses = new Float64Array(labels.length);
  for (let i = 0; i < losses.length; i++) {
    const own = width === 1 ? scores[i]! : scores[i * width + labels[i]!]!;
    losses[i] = -clippedLog(width === 1 && !labels[i] ? 1 - own : own);
  }
  return losses;
}

/**
 * What each row adds to the Brier score: (probability − outcome)² with two classes, and summed over all classes with more.
 * The mean equals scikit-learn's `brier_score_loss`.
 *
 * @returns 0 to 1, with more than two classes 0 to 2, a value a row. O(n · width).
 * @see Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2
 * @example rowBrierLosses({ labels: [2], scores: [0.2, 0.3, 0.5], width: 3 }) // [0.38]
 */
export function rowBrierLosses({ labels, scores, width }: ClassProbabilities): Float64Array {
  const losses = new Float64Array(labels.length);
  for (let i = 0; i < losses.length; i++) {
    if (width === 1) losses[i] = ((labels[i] ? 1 : 0) - scores[i]!) ** 2;
    else {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += ((labels[i] === k ? 1 : 0) - scores[i * width + k]!) ** 2;
      losses[i] = sum;
    }
  }
  return losses;
}
