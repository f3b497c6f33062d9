import type { OutcomeCell, Outcomes } from "./outcome";
import { scoreKey } from "./score-keys";

/** A labelled prediction: of classes, or of values. */
export type Logged =
  | { actual: number; predicted: number; score?: number; labelScore?: number }
  | { label: number; prediction: number };

const EPSILON = 2.220446049250313e-16;

/** The sums that the store would hold of these rows. */
export function outcomesOf(rows: readonly Logged[]): Outcomes {
  const cells = new Map<string, OutcomeCell>();
  const scores: { actual: number; keys: number[]; counts: number[] }[] = [];
  const labels: number[] = [];
  for (const row of rows) {
    const [actual, predicted] = "actual" in row ? [row.actual, row.predicted] : [0, 0];
    const key = `${actual} ${predicted}`;
    const cell = cells.get(key) ?? emptyCell(actual, predicted);
    cells.set(key, cell);
    cell.n++;
    if ("label" in row) {
      const error = row.prediction - row.label;
      cell.sumAbsoluteError += Math.abs(error);
      cell.sumSquaredError += error * error;
      cell.sumLabel += row.label;
      labels.push(row.label);
      continue;
    }
    if (row.labelScore !== undefined) {
      cell.classScored++;
      cell.sumLogActual += Math.log(row.labelScore);
    }
    if (row.score === undefined) continue;
    cell.scored++;
    cell.sumScore += row.score;
    cell.sumScoreSquared += row.score * row.score;
    cell.sumLogScore += Math.log(Math.max(row.score, EPSILON));
    cell.sumLogComplement += Math.log(Math.max(1 - row.score, EPSILON));
    scores.push({ actual, keys: [scoreKey(row.score)], counts: [1] });
  }
  for (const cell of cells.values()) {
    const mean = cell.sumLabel / Math.max(1, labels.length);
    cell.labelSpread = labels.reduce((sum, label) => sum + (label - mean) ** 2, 0);
  }
  return { cells: [...cells.values()], scores };
}

function emptyCell(actual: number, predicted: number): OutcomeCell {
  return {
    actual,
    predicted,
    n: 0,
    scored: 0,
    sumScore: 0,
    sumScoreSquared: 0,
    sumLogScore: 0,
    sumLogComplement: 0,
    classScored: 0,
    sumLogActual: 0,
    sumAbsoluteError: 0,
    sumSquaredError: 0,
    sumLabel: 0,
    labelSpread: 0,
  };
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
