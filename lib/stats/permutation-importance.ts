type Node = { value: number } | { feature: number; cut: number; low: Node; high: Node };

/** Small enough for a page to wait for, large enough that the order of two seeds agrees. */
const TREES = 120;
/** A leaf has at least so many rows. */
const LEAST_LEAF = 2;

/**
 * Permutation importance of inputs for one outcome, by a random forest.
 *
 * 120 regression trees, each grown on a bootstrap sample, each cut chosen for the largest fall of squared error among a
 * random third of the inputs (at least one). Of each tree the rows that it has not seen are predicted, then again with
 * one input's values shuffled among them: the rise of the mean squared error, averaged over trees and divided by the
 * outcome's variance, is that input's importance. It sees curves and interactions, which a correlation does not. It says
 * what the outcome of these rows depends on, not what would happen elsewhere, and inputs that vary together share what
 * they have in common between them.
 *
 * @param rows each the values of the inputs, finite; categories as codes (cuts then go by code, which splits any two
 * categories in some number of cuts)
 * @param outcome one finite value a row
 * @param uniform random numbers in [0, 1): the same give the same result
 * @returns one a feature, at least 0 (chance below is cut off), in units of the outcome's variance: 1 means that without
 * it a prediction is wrong by as much again as guessing the mean; all 0 where the outcome does not vary or there are
 * fewer than 5 rows. Cost: trees × inputs × n log² n.
 * @see Breiman, Random Forests (2001), section 10, doi:10.1023/A:1010933404324
 */
export function permutationImportance(
  rows: readonly (readonly number[])[],
  outcome: readonly number[],
  uniform: () => number,
): number[] {
  const n = rows.length;
  const features = rows[0]?.length ?? 0;
  const mean = outcome.reduce((sum, y) => sum + y, 0) / Math.max(n, 1);
  const variance = outcome.reduce((sum, y) => sum + (y - mean) ** 2, 0) / Math.max(n, 1);
  if (n < 5 || !(variance > 1e-24 * Math.max(1, mean * mean))) return new Array<number>(features).fill(0);

  const rise = new Array<number>(features).fill(0);
  let counted = 0;
  for (let tree = 0; tree < TREES; tree++) {
    const sample = Array.from({ length: n }, () => Math.floor(uniform() * n));
    const seen = new Set(sample);
    const unseen = rows.map((_, place) => place).filter((place) => !seen.has(place));
    if (unseen.length < 2) continue;
    counted++;
    const root = grow(rows, outcome, sample, uniform);
    const error = meanError(
      unseen.map((place) => predict(root, rows[place]!)),
      unseen,
      outcome,
    );
    for (let feature = 0; feature < features; feature++) {
      const shuffled = shuffle(unseen, uniform);
      const guesses = unseen.map((place, at) => {
        const row = [...rows[place]!];
        row[feature] = rows[shuffled[at]!]![feature]!;
        return predict(root, row);
      });
      rise[feature]! += meanError(guesses, unseen, outcome) - error;
    }
  }
  return rise.map((sum) => Math.max(0, sum / Math.max(counted, 1) / variance));
}

function grow(
  rows: readonly (readonly number[])[],
  outcome: readonly number[],
  places: readonly number[],
  uniform: () => number,
): Node {
  const cut = bestCut(rows, outcome, places, uniform);
  if (!cut) return { value: places.reduce((sum, place) => sum + outcome[place]!, 0) / places.length };
  const below = (place: number) => rows[place]![cut.feature]! <= cut.at;
  return {
    feature: cut.feature,
    cut: cut.at,
    low: grow(rows, outcome, places.filter(below), uniform),
    high: grow(
      rows,
      outcome,
      places.filter((place) => !below(place)),
      uniform,
    ),
  };
}

function bestCut(
  rows: readonly (readonly number[])[],
  outcome: readonly number[],
  places: readonly number[],
  uniform: () => number,
): { feature: number; at: number } | null {
  if (places.length < 2 * LEAST_LEAF) return null;
  const count = rows[0]!.length;
  const tried = shuffle(
    Array.from({ length: count }, (_, i) => i),
    uniform,
  ).slice(0, Math.max(1, Math.ceil(count / 3)));
  const total = places.reduce((sum, place) => sum + outcome[place]!, 0);
  // What the sum of squares falls by is the gain of sum²/n over both sides.
  let best: { feature: number; at: number } | null = null;
  let most = (total * total) / places.length + 1e-12 * (1 + Math.abs(total));
  for (const feature of tried) {
    const sorted = [...places].sort((a, b) => rows[a]![feature]! - rows[b]![feature]!);
    let left = 0;
    for (let i = 1; i < sorted.length; i++) {
      left += outcome[sorted[i - 1]!]!;
      const before = rows[sorted[i - 1]!]![feature]!;
      const after = rows[sorted[i]!]![feature]!;
      if (before === after || i < LEAST_LEAF || sorted.length - i < LEAST_LEAF) continue;
      const gain = (left * left) / i + (total - left) ** 2 / (sorted.length - i);
      if (gain > most) {
        most = gain;
        best = { feature, at: (before + after) / 2 };
      }
    }
  }
  return best;
}

function predict(node: Node, row: readonly number[]): number {
  let at = node;
  while ("feature" in at) at = row[at.feature]! <= at.cut ? at.low : at.high;
  return at.value;
}

const meanError = (guesses: readonly number[], places: readonly number[], outcome: readonly number[]) =>
  guesses.reduce((sum, guess, at) => sum + (guess - outcome[places[at]!]!) ** 2, 0) / guesses.length;

function shuffle(values: readonly number[], uniform: () => number): number[] {
  const out = [...values];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
