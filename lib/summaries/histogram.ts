/** What is known of a column's values beside their counts. */
export type Moments = {
  /** Rows with a value, and without. */
  n: number;
  missing: number;
  /** Over numbers; 0 and null for categories. */
  sum: number;
  sumSquared: number;
  min: number | null;
  max: number | null;
};

/** Counts of one column over some rows. Adds up: any grouping of the rows gives the same counts. */
export type Histogram = Moments & { counts: Map<number, number> };

/** The same in two arrays, as it is written and read: keys in no order, each once, and what was counted under them. */
export type PairedHistogram = Moments & Pairs;

export type Pairs = {
  keys: Uint16Array | Int32Array;
  amounts: Uint16Array | Uint32Array | Float64Array;
};

export const noMoments = (): Moments => ({ n: 0, missing: 0, sum: 0, sumSquared: 0, min: null, max: null });

export const emptyHistogram = (): Histogram => ({ ...noMoments(), counts: new Map() });

export function addMoments(into: Moments, from: Moments): void {
  into.n += from.n;
  into.missing += from.missing;
  into.sum += from.sum;
  into.sumSquared += from.sumSquared;
  if (from.min !== null && (into.min === null || from.min < into.min)) into.min = from.min;
  if (from.max !== null && (into.max === null || from.max > into.max)) into.max = from.max;
}

/** Adds `from` to `into`. */
export function mergeHistogram(into: Histogram, from: Histogram): void {
  addMoments(into, from);
  for (const [key, count] of from.counts) into.counts.set(key, (into.counts.get(key) ?? 0) + count);
}

export function toPairs({ counts, ...moments }: Histogram): PairedHistogram {
  return { ...moments, keys: Int32Array.from(counts.keys()), amounts: Float64Array.from(counts.values()) };
}
