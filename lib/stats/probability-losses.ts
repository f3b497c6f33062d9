/*
 * Log loss and Brier score of the positive class's probability, from raw rows and from sums that add up over hours.
 */

/** scikit-learn's clipping: a probability is kept this far from 0 and from 1 before its logarithm is taken. */
const EPSILON = Number.EPSILON;

/** Labels (true or 1 is positive) and the positive class's probabilities, row by row. */
export type LabelledScores = { labels: ArrayLike<number | boolean>; scores: ArrayLike<number> };

/** What one class's rows add up to; the sum of two hours is the sums of both. */
export type ScoreSums = {
  n: number;
  sumScore: number;
  sumSquaredScore: number;
  /** of `logTerms(score).logScore` */
  sumLogScore: number;
  /** of `logTerms(score).logOneMinusScore` */
  sumLogOneMinusScore: number;
};

/**
 * The two logarithms that log loss adds up, of a score clipped to [2⁻⁵², 1 − 2⁻⁵²] as scikit-learn does, so that a sure
 * miss costs 36.04 nats and not infinity.
 *
 * @param score a probability in [0, 1]
 * @example logTerms(0.5) // { logScore: -0.693…, logOneMinusScore: -0.693… }
 */
export function logTerms(score: number): { logScore: number; logOneMinusScore: number } {
  return { logScore: clippedLog(score), logOneMinusScore: clippedLog(1 - score) };
}

/** One of {@link logTerms}. */
export const clippedLog = (p: number): number => Math.log(Math.min(1 - EPSILON, Math.max(EPSILON, p)));

/**
 * The sums of one class's scores, to be stored and added up.
 *
 * @param scores probabilities in [0, 1] of rows that have the same label. O(n).
 */
export function scoreSums(scores: ArrayLike<number>): ScoreSums {
  const sums = { n: 0, sumScore: 0, sumSquaredScore: 0, sumLogScore: 0, sumLogOneMinusScore: 0 };
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const { logScore, logOneMinusScore } = logTerms(score);
    sums.n++;
    sums.sumScore += score;
    sums.sumSquaredScore += score * score;
    sums.sumLogScore += logScore;
    sums.sumLogOneMinusScore += logOneMinusScore;
  }
  return sums;
}

/**
 * Log loss (binary cross-entropy), the mean of −ln of the probability given to what happened. Equals
 * scikit-learn's `log_loss`, its clipping included ({@link logTerms}).
 *
 * @returns nats, 0 to 36.04, lower is better; ln 2 = 0.693 is what always saying 0.5 costs. null without
 *   a row. O(n).
 * @see Good (1952), doi:10.1111/j.2517-6161.1952.tb00104.x
 * @example logLoss({ labels: [1, 0], scores: [0.5, 0.5] }) // 0.693…
 */
export function logLoss({ labels, scores }: LabelledScores): number | null {
  requireRows({ labels, scores });
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const terms = logTerms(scores[i]!);
    sum -= labels[i] ? terms.logScore : terms.logOneMinusScore;
  }
  return scores.length === 0 ? null : sum / scores.length;
}

/**
 * {@link logLoss} from sums per actual class: −(Σ₊ ln s + Σ₋ ln(1 − s))/n. O(1), to rounding the same number.
 */
export function logLossFromSums({
  positive,
  negative,
}: {
  positive: ScoreSums;
  negative: ScoreSums;
}): number | null {
  const n = positive.n + negative.n;
  return n > 0 ? -(positive.sumLogScore + negative.sumLogOneMinusScore) / n : null;
}

/**
 * Brier score, the mean squared distance of the probability from what happened (1 or 0). Equals scikit-learn's
 * `brier_score_loss`.
 *
 * @returns 0 to 1, lower is better; 0.25 is what always saying 0.5 costs. null without a row. O(n).
 * @see Brier (1950), doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2
 * @example brier({ labels: [1, 0], scores: [0.9, 0.2] }) // 0.025
 */
export function brier({ labels, scores }: LabelledScores): number | null {
  requireRows({ labels, scores });
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += ((labels[i] ? 1 : 0) - scores[i]!) ** 2;
  return scores.length === 0 ? null : sum / scores.length;
}

/** {@link brier} from sums per actual class: (Σ₊(1 − 2s + s²) + Σ₋ s²)/n. O(1). */
export function brierFromSums({
  positive,
  negative,
}: {
  positive: ScoreSums;
  negative: ScoreSums;
}): number | null {
  const n = positive.n + negative.n;
  if (!(n > 0)) return null;
  const sum = positive.n - 2 * positive.sumScore + positive.sumSquaredScore + negative.sumSquaredScore;
  return Math.max(0, sum) / n;
}

function requireRows({ labels, scores }: LabelledScores): void {
  if (labels.length !== scores.length) {
    throw new RangeError(`${labels.length} labels with ${scores.length} scores: give one score a label`);
  }
}
