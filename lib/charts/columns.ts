/**
 * How many buckets share one drawn column so that a column is at least `minPx` wide.
 * 1 = every bucket is drawn by itself; anything more is announced beside the chart.
 */
export function bucketsPerColumn(args: { count: number; width: number; minPx?: number }): number {
  const { count, width, minPx = 1.5 } = args;
  if (count <= 0 || width <= 0) return 1;
  return Math.max(1, Math.ceil((count * minPx) / width));
}

/** The largest value of each group of `per` neighbours; null where a whole group is null. */
export function largestOf(values: readonly (number | null)[], per: number): (number | null)[] {
  if (per <= 1) return [...values];
  const groups: (number | null)[] = [];
  for (let at = 0; at < values.length; at += per) {
    const group = values.slice(at, at + per).filter((value) => value !== null);
    groups.push(group.length === 0 ? null : Math.max(...group));
  }
  return groups;
}
