/** Raw values of one numerical feature; missing values are taken out (and counted) by the caller. */
export type Sample = Float64Array | readonly number[];

/** Counts per bin or per category, aligned by index between the two sides. */
export type Counts = Float64Array | Int32Array | Uint32Array | readonly number[];

/** The two sides of every comparison: what was normal, and what is happening now. */
export type Sides<T> = { reference: T; current: T };

/** Sum of all counts: the number of observations behind them. */
export function total(counts: Counts): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}

/**
 * A sorted copy of the sample, in ascending order; the sample itself is left alone.
 *
 * @throws RangeError on NaN, which has no rank: drop missing values first and report how many there were.
 */
export function sortedCopy(values: Sample): Float64Array {
  const sorted = new Float64Array(values).sort();
  // typed-array sort puts every NaN last, so that one look is enough
  if (Number.isNaN(sorted[sorted.length - 1])) {
    throw new RangeError("a sample holds NaN: drop missing values before the test and count them apart");
  }
  return sorted;
}

/** @throws RangeError unless both sides describe the same bins or categories. */
export function requireSameLength({ reference, current }: Sides<Counts>): void {
  if (reference.length !== current.length) {
    throw new RangeError(
      `reference has ${reference.length} bins and current ${current.length}: count both over the same bins`,
    );
  }
}
