export type ConfusionCell = {
  actual: string;
  predicted: string;
  n: number;
  share: number | null;
  right: boolean;
};
export type ConfusionRow = { actual: string; n: number; cells: ConfusionCell[] };

/**
 * Counts with their share of the row (of all that really were this class); a class that never occurred
 * has no shares. Past `cap` classes the most frequent are kept and the rest announced.
 */
export function prepareConfusion(args: {
  classes: readonly string[];
  counts: readonly (readonly number[])[];
  cap?: number;
}): {
  rows: ConfusionRow[];
  hidden: number;
} {
  const { classes, counts, cap = 12 } = args;
  const total = (row: readonly number[]) => row.reduce((sum, n) => sum + n, 0);
  const kept = classes
    .map((_, index) => index)
    .sort((a, b) => total(counts[b] ?? []) - total(counts[a] ?? []))
    .slice(0, cap)
    .sort((a, b) => a - b);
  const rows = kept.map((row): ConfusionRow => {
    const n = total(counts[row] ?? []);
    return {
      actual: classes[row]!,
      n,
      cells: kept.map((column) => {
        const count = counts[row]?.[column] ?? 0;
        return {
          actual: classes[row]!,
          predicted: classes[column]!,
          n: count,
          share: n > 0 ? count / n : null,
          right: row === column,
        };
      }),
    };
  });
  return { rows, hidden: classes.length - kept.length };
}
