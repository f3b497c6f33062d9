/** How often a class was predicted where another (or the same) was true. */
export type ConfusionCell = { actual: string; predicted: string; count: number };

export type ClassScores = {
  /** labelled rows of the class */
  support: number;
  /** rows predicted to be of the class */
  predicted: number;
  precision: number;
  recall: number;
  f1: number;
};

export type ClassificationScores = {
  n: number;
  accuracy: number;
  /** unweighted means over all classes that were seen, as label or as prediction */
  macro: { precision: number; recall: number; f1: number };
  byClass: Record<string, ClassScores>;
};

/**
 * Accuracy, precision, recall and F1 from a confusion matrix given as cells, so that the cells of several
 * hours can simply be put together.
 *
 * Variant: equal to scikit-learn's with `zero_division=0`: a class never predicted has precision 0, one that never
 * occurred has recall 0, and F1 of 0 and 0 is 0. Macro averages run over the union of true and predicted
 * classes.
 *
 * @param cells counts of labelled predictions; a pair may occur in several cells; zero counts are ignored
 * @returns shares in [0, 1], higher is better; null when there is no labelled row. O(cells).
 * @see Sokolova & Lapalme (2009), doi:10.1016/j.ipm.2009.03.002
 * @example classificationScores([
 *   { actual: "late", predicted: "late", count: 3 }, { actual: "late", predicted: "on time", count: 1 }])
 *   // { n: 4, accuracy: 0.75, … }
 */
export function classificationScores(cells: Iterable<ConfusionCell>): ClassificationScores | null {
  const tallies = new Map<string, { support: number; predicted: number; hits: number }>();
  const tally = (name: string) => {
    const known = tallies.get(name);
    if (known) return known;
    const fresh = { support: 0, predicted: 0, hits: 0 };
    tallies.set(name, fresh);
    return fresh;
  };
  let n = 0;
  let hits = 0;
  for (const { actual, predicted, count } of cells) {
    if (count === 0) continue;
    n += count;
    tally(actual).support += count;
    tally(predicted).predicted += count;
    if (actual === predicted) {
      tally(actual).hits += count;
      hits += count;
    }
  }
  if (!(n > 0)) return null;
  const scored = [...tallies].map(([name, t]) => [name, classScores(t)] as const);
  const mean = (pick: (scores: ClassScores) => number) =>
    scored.reduce((sum, [, scores]) => sum + pick(scores), 0) / scored.length;
  return {
    n,
    accuracy: hits / n,
    macro: { precision: mean((s) => s.precision), recall: mean((s) => s.recall), f1: mean((s) => s.f1) },
    byClass: Object.fromEntries(scored),
  };
}

/**
 * Accuracy, precision, recall and F1 of the positive class of a two-class model.
 *
 * @param cells as in {@link classificationScores}
 * @param positive name of the positive class; a class that never occurs scores 0
 * @returns shares in [0, 1], with the rows they rest on; null when there is no labelled row
 * @example binaryScores([{ actual: "late", predicted: "late", count: 3 }], "late")
 *   // { n: 3, accuracy: 1, precision: 1, recall: 1, f1: 1, support: 3, predicted: 3 }
 */
export function binaryScores(
  cells: Iterable<ConfusionCell>,
  positive: string,
): ({ n: number; accuracy: number } & ClassScores) | null {
  const scores = classificationScores(cells);
  if (scores === null) return null;
  const own = Object.hasOwn(scores.byClass, positive) ? scores.byClass[positive] : undefined;
  return {
    n: scores.n,
    accuracy: scores.accuracy,
    ...(own ?? { support: 0, predicted: 0, precision: 0, recall: 0, f1: 0 }),
  };
}

function classScores({
  support,
  predicted,
  hits,
}: {
  support: number;
  predicted: number;
  hits: number;
}): ClassScores {
  return {
    support,
    predicted,
    precision: predicted === 0 ? 0 : hits / predicted,
    recall: support === 0 ? 0 : hits / support,
    f1: support + predicted === 0 ? 0 : (2 * hits) / (support + predicted),
  };
}
