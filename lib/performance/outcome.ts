/** What the labelled predictions of one pair of classes add up to; for regression the one pair (0, 0). */
export type OutcomeCell = {
  /** Class codes; 0 for regression. */
  actual: number;
  predicted: number;
  n: number;
  /** Rows with the positive class's probability, and sums over it. */
  scored: number;
  sumScore: number;
  sumScoreSquared: number;
  sumLogScore: number;
  sumLogComplement: number;
  /** Rows with a probability per class, and the sum of the true class's logarithm. */
  classScored: number;
  sumLogActual: number;
  /** Regression. */
  sumAbsoluteError: number;
  sumSquaredError: number;
  sumLabel: number;
  /** Σ(y − ȳ)², taken from exact sums. */
  labelSpread: number;
};

/** Counts of score_bin's keys. */
export type KeyCounts = { keys: readonly number[]; counts: readonly number[] };

/** Labelled predictions of some stretch of time. */
export type Outcomes = {
  cells: OutcomeCell[];
  /** Score histograms by true class; a class may occur more than once. */
  scores: ({ actual: number } & KeyCounts)[];
};

export const NO_OUTCOMES: Outcomes = { cells: [], scores: [] };

/** What the metrics of a version are, and which class is the positive one. */
export type Measure = { task: "binary"; positive: number } | { task: "multiclass" } | { task: "regression" };

/**
 * How a version is measured. Precision and AUC want to know which of two classes is meant; until it is known, two
 * classes are measured as several are, by macro averages.
 * @param classes how many there are
 */
export function measureOf(
  version: { task: "classification" | "regression" | null; positiveClass: number | null },
  classes: number,
): Measure | null {
  if (version.task === null) return null;
  if (version.task === "regression") return { task: "regression" };
  if (classes <= 2 && version.positiveClass !== null) {
    return { task: "binary", positive: version.positiveClass };
  }
  return { task: "multiclass" };
}
