import type { OutcomeCell } from "./outcome";
import type { PerformanceReport } from "./schema";

/** Classes that get a row and a column of their own; the rest share the last. */
const MOST_CLASSES = 40;
const OTHERS = "(other classes)";

/**
 * Counts by true class (rows) and predicted class (columns).
 * @param classes names by code − 1; those that occur, in this order, unless there are too many: then the most frequent
 * @returns null without a labelled row
 */
export function confusionMatrix(
  classes: readonly string[],
  cells: readonly OutcomeCell[],
): PerformanceReport["confusion"] {
  const support = new Map<number, number>();
  for (const { actual, predicted, n } of cells) {
    if (n === 0) continue;
    support.set(actual, (support.get(actual) ?? 0) + n);
    support.set(predicted, (support.get(predicted) ?? 0) + n);
  }
  if (support.size === 0) return null;
  const shown = [...support.keys()].sort((a, b) => a - b);
  const crowded = shown.length > MOST_CLASSES;
  if (crowded) {
    shown.sort((a, b) => support.get(b)! - support.get(a)!);
    shown.length = MOST_CLASSES - 1;
  }
  const names = shown.map((code) => classes[code - 1] ?? `class ${code}`);
  if (crowded) names.push(OTHERS);
  const place = new Map(shown.map((code, index) => [code, index]));
  const counts = names.map(() => names.map(() => 0));
  for (const { actual, predicted, n } of cells) {
    if (n === 0) continue;
    const row = counts[place.get(actual) ?? names.length - 1]!;
    row[place.get(predicted) ?? names.length - 1]! += n;
  }
  return { classes: names, counts };
}
