/** How good scores were against what happened. `null` when a class is missing, since nothing was measured. */
export interface Quality {
  n: number;
  /** Share of flights that were late. */
  lateShare: number;
  auc: number | null;
  logLoss: number;
  brier: number;
  /** Share of predictions, at the model's threshold, that were right. */
  accuracy: number;
}

/**
 * AUC (ties count half), mean log loss, Brier score and accuracy of binary scores.
 * The demo has its own few lines, so that what it finds does not rest on the code that it shows off. O(n log n).
 */
export function quality(scores: Float32Array, late: Uint8Array, threshold: number): Quality {
  const n = scores.length;
  let [positives, loss, squares, right] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const p = Math.min(1 - 1e-7, Math.max(1e-7, scores[i]!));
    const y = late[i]!;
    positives += y;
    loss -= y ? Math.log(p) : Math.log(1 - p);
    squares += (p - y) ** 2;
    right += Number(p >= threshold === (y === 1));
  }
  return {
    n,
    lateShare: positives / n,
    auc: auc(scores, late, positives),
    logLoss: loss / n,
    brier: squares / n,
    accuracy: right / n,
  };
}

/** Mann and Whitney's U by ranks, over the number of pairs. */
function auc(scores: Float32Array, late: Uint8Array, positives: number): number | null {
  const n = scores.length;
  if (positives === 0 || positives === n) return null;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let ranks = 0;
  for (let i = 0; i < n; ) {
    let end = i;
    let tiedPositives = 0;
    for (; end < n && scores[order[end]!] === scores[order[i]!]; end++) tiedPositives += late[order[end]!]!;
    ranks += tiedPositives * ((i + end + 1) / 2);
    i = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (n - positives));
}
