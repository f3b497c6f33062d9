import { logitInterval } from "@/lib/stats/interval";
import { estimate, NOTHING } from "./estimate";
import type { Estimate } from "./schema";

/** A slice's number for each row; `none` for rows of no slice. */
export type Cells = { codes: Uint16Array; size: number; none: number };

/** The rows in ascending order of their score, and whether each has another score than the one before. */
export type ScoreOrder = { order: Uint32Array; isNew: Uint8Array };

/** O(n log n), in typed arrays: a place is found for each row among the sorted different scores. */
export function scoreOrder(scores: Float64Array): ScoreOrder {
  const sorted = scores.slice().sort();
  const n = sorted.length;
  const firsts = new Uint32Array(n);
  let distinct = 0;
  for (let i = 0; i < n; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) {
      sorted[distinct] = sorted[i]!;
      firsts[distinct++] = i;
    }
  }
  const isNew = new Uint8Array(n);
  for (let k = 0; k < distinct; k++) isNew[firsts[k]!] = 1;
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    let low = 0;
    let high = distinct - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]! < scores[i]!) low = middle + 1;
      else high = middle;
    }
    order[firsts[low]!++] = i;
  }
  return { order, isNew };
}

/**
 * The area under the ROC curve of each slice with DeLong's interval, in one walk over the rows in order of their score.
 * O(n).
 */
export function sliceAreas(
  { codes, size: groups, none }: Cells,
  isPositive: Uint8Array,
  { order, isNew }: ScoreOrder,
): Estimate[] {
  const totals = [new Float64Array(groups), new Float64Array(groups)] as const;
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] !== none) totals[isPositive[i] as 0 | 1][codes[i]!]!++;
  }
  const [negatives, positives] = totals;
  const below = { positive: new Float64Array(groups), negative: new Float64Array(groups) };
  const tied = { positive: new Float64Array(groups), negative: new Float64Array(groups) };
  const own = { sum: new Float64Array(groups), squares: new Float64Array(groups) };
  const others = { squares: new Float64Array(groups) };
  const tieOf = new Uint32Array(groups);
  const close = (g: number) => {
    const [p, q] = [tied.positive[g]!, tied.negative[g]!];
    const place = (below.negative[g]! + q / 2) / negatives[g]!;
    own.sum[g]! += p * place;
    own.squares[g]! += p * place * place;
    const above = (positives[g]! - below.positive[g]! - p / 2) / positives[g]!;
    others.squares[g]! += q * above * above;
    below.positive[g]! += p;
    below.negative[g]! += q;
    tied.positive[g] = 0;
    tied.negative[g] = 0;
  };
  let tie = 0;
  for (let place = 0; place < order.length; place++) {
    tie += isNew[place]!;
    const row = order[place]!;
    const g = codes[row]!;
    if (g === none) continue;
    if (tieOf[g] !== tie) {
      if (tieOf[g] !== 0) close(g);
      tieOf[g] = tie;
    }
    if (isPositive[row]) tied.positive[g]!++;
    else tied.negative[g]!++;
  }
  return Array.from({ length: groups }, (_, g) => {
    const [m, n] = [positives[g]!, negatives[g]!];
    if (m === 0 || n === 0) return NOTHING;
    close(g);
    const auc = own.sum[g]! / m;
    const spread = (squares: number, count: number) =>
      count < 2 ? 0 : Math.max(0, squares / count - auc * auc) / (count - 1);
    const variance = spread(own.squares[g]!, m) + spread(others.squares[g]!, n);
    return estimate(
      auc,
      logitInterval({ value: Math.min(1, auc), standardError: Math.sqrt(variance), n: Math.min(m, n) }),
    );
  });
}
