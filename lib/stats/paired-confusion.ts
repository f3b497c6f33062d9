import { type Confusion, type ConfusionMetric, confusionError } from "./confusion-metrics";
import type { Interval } from "./interval";
import { Z95 } from "./interval";
import { normalTwoSidedTail } from "./normal-distribution";

/** Rows by true class and by what each model said. */
export type JointCell = { actual: number; champion: number; challenger: number; count: number };

/**
 * The difference of a number made of two confusion matrices (F1, recall, Matthews' correlation, …) of two models on the
 * same rows: the delta method over the joint counts, so that what both get right or wrong together cancels.
 *
 * @param cells joint counts; @param metric of a confusion matrix
 * @returns difference = challenger − champion with its 95 % interval and a two-sided p-value by the normal law; p-value 1
 *   where the two never differ, null where a difference has no spread. Wants some 30 rows of each class. O(cells +
 *   classes²).
 * @see Agresti, Categorical Data Analysis, §16.1, doi:10.1002/0471249688
 */
export function pairedConfusion(
  { cells, classes }: { cells: readonly JointCell[]; classes: number },
  metric: (counts: Confusion) => ConfusionMetric,
): {
  champion: number;
  challenger: number;
  difference: number;
  interval: Interval | null;
  pValue: number | null;
} {
  const matrix = () => Array.from({ length: classes }, () => new Float64Array(classes));
  const [first, second] = [matrix(), matrix()];
  for (const { actual, champion, challenger, count } of cells) {
    first[actual]![champion]! += count;
    second[actual]![challenger]! += count;
  }
  const [own, other] = [metric(first), metric(second)];
  const difference = other.value - own.value;
  let variance = 0;
  for (const { actual, champion, challenger, count } of cells) {
    variance += count * (other.slope(actual, challenger) - own.slope(actual, champion)) ** 2;
  }
  const error = Math.sqrt(variance);
  const scale = Math.max(confusionError(first, own), confusionError(second, other), 1e-300);
  if (!(error > 1e-12 * scale)) {
    const same = cells.every(({ champion, challenger, count }) => champion === challenger || count === 0);
    return {
      champion: own.value,
      challenger: other.value,
      difference,
      // Two that never differ differ by nothing; a difference without any spread has no error to be told.
      interval: same ? { lower: 0, upper: 0 } : null,
      pValue: Math.abs(difference) < 1e-12 ? 1 : null,
    };
  }
  return {
    champion: own.value,
    challenger: other.value,
    difference,
    interval: { lower: difference - Z95 * error, upper: difference + Z95 * error },
    pValue: normalTwoSidedTail(difference / error),
  };
}
