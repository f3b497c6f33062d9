import type { Outcomes } from "./input";
import type { WorstRow } from "./schema";
import type { Usable } from "./usable";

const MOST = 200;

/** The rows that cost most and are wrong, dearest first; for a regression those furthest off. O(n log n). */
export function worstRows(
  outcomes: Outcomes,
  { rows, labels, predictions, scores, width }: Usable,
  losses: Float64Array,
): WorstRow[] {
  const isWrong = (i: number) =>
    outcomes.task === "regression" ? losses[i]! > 0 : labels[i] !== predictions[i];
  const wrong = new Uint32Array(losses.length);
  let found = 0;
  for (let i = 0; i < losses.length; i++) if (isWrong(i)) wrong[found++] = i;
  const costs = Float64Array.from(wrong.subarray(0, found), (i) => losses[i]!).sort();
  const least = costs[Math.max(0, found - MOST)] ?? 0;
  const worst: number[] = [];
  for (const i of wrong.subarray(0, found)) if (losses[i]! > least) worst.push(i);
  for (const i of wrong.subarray(0, found)) {
    if (worst.length >= MOST) break;
    if (losses[i] === least) worst.push(i);
  }
  worst.sort((a, b) => losses[b]! - losses[a]! || a - b);
  const name = (value: number) => (outcomes.task === "regression" ? value : outcomes.classes[value]!);
  return worst.map((i) => ({
    row: rows[i]!,
    label: name(labels[i]!),
    prediction: name(predictions[i]!),
    score: scores ? scores[i * width + (width === 1 ? 0 : predictions[i]!)]! : null,
    loss: losses[i]!,
  }));
}
