import type { Sides } from "./sample";
import { sortedCopy } from "./sample";

/** A distance of two empirical distribution functions and the smallest value at which it is reached. */
export type Gap = { statistic: number; location: number };
export type Gaps = {
  /** where the reference's distribution function lies above the current one's */
  above: Gap;
  /** where it lies below */
  below: Gap;
};

/** Below this a plain sort is quicker than bucketing. */
const SMALL = 8_192;
const MOST_BUCKETS = 1 << 16;
const PROBES = 1_024;
/** Room for the rounding of i/n − j/m when bounds are compared with gaps. */
const ROUNDING = 1e-13;

/** The larger of both; above wins a tie, as in scipy. */
export function larger({ above, below }: Gaps): Gap {
  return below.statistic > above.statistic ? below : above;
}

/** Where two arrays lie in larger samples: how many values come before them, and how many there are in all. */
type Context = { before: Sides<number>; sizes: Sides<number> };

/**
 * Largest distances of two sorted samples by one merge; equal values of both sides step together.
 *
 * @param sides ascending values without NaN
 * @param context when the arrays are stretches of larger samples
 * @returns distances in [0, 1]; a location is NaN where no value stands behind it. O(n + m).
 */
export function mergedGaps(sides: Sides<Float64Array>, context: Context = whole(sides)): Gaps {
  const { reference, current } = sides;
  const { before, sizes } = context;
  const n = reference.length;
  const m = current.length;
  let i = 0;
  let j = 0;
  let highest = Number.NEGATIVE_INFINITY;
  let highestAt = Number.NaN;
  let lowest = Number.POSITIVE_INFINITY;
  let lowestAt = Number.NaN;
  while (i < n || j < m) {
    const value = j === m || (i < n && reference[i]! < current[j]!) ? reference[i]! : current[j]!;
    while (i < n && reference[i] === value) i++;
    while (j < m && current[j] === value) j++;
    const gap = (before.reference + i) / sizes.reference - (before.current + j) / sizes.current;
    if (gap > highest) {
      highest = gap;
      highestAt = value;
    }
    if (gap < lowest) {
      lowest = gap;
      lowestAt = value;
    }
  }
  return {
    above: { statistic: Math.max(0, highest), location: highestAt },
    below: { statistic: Math.max(0, -lowest), location: lowestAt },
  };
}

/**
 * Largest distances of two unsorted samples, without sorting them.
 *
 * Both samples are counted into buckets of equal width. At bucket edges the distance is known; inside a bucket
 * it can exceed neither F(end) − G(start) nor G(end) − F(start). Only buckets whose bound reaches the best edge
 * are gathered, and searched in the same way or sorted: for a million values some thousands. Exact, whatever
 * the data.
 *
 * @throws RangeError on NaN
 */
export function largestGaps(sides: Sides<Float64Array>, context: Context = whole(sides)): Gaps {
  const { reference, current } = sides;
  const range = reference.length + current.length < SMALL ? null : bulk(sides);
  if (range === null) {
    return mergedGaps({ reference: ordered(reference), current: ordered(current) }, context);
  }
  const counts = { reference: countBuckets(reference, range), current: countBuckets(current, range) };
  const chosen = contenders(counts, context);
  const parts = {
    reference: gather(reference, { range, counts: counts.reference, chosen }),
    current: gather(current, { range, counts: counts.current, chosen }),
  };

  const best: Gaps = {
    above: { statistic: -1, location: Number.NaN },
    below: { statistic: -1, location: Number.NaN },
  };
  const before = { ...context.before };
  const taken = { reference: 0, current: 0 };
  for (let b = 0; b < range.buckets; b++) {
    const r = counts.reference[b]!;
    const c = counts.current[b]!;
    if (chosen[b] === 1) {
      const stretch = {
        reference: parts.reference.subarray(taken.reference, taken.reference + r),
        current: parts.current.subarray(taken.current, taken.current + c),
      };
      const { above, below } = largestGaps(stretch, { before, sizes: context.sizes });
      if (above.statistic > best.above.statistic) best.above = above;
      if (below.statistic > best.below.statistic) best.below = below;
      taken.reference += r;
      taken.current += c;
    }
    before.reference += r;
    before.current += c;
  }
  return best;
}

/** Sorted; as it is where all values are alike, which is what heavy ties come down to. */
function ordered(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[0]) return sortedCopy(values);
  return values;
}

function whole({ reference, current }: Sides<Float64Array>): Context {
  return {
    before: { reference: 0, current: 0 },
    sizes: { reference: reference.length, current: current.length },
  };
}

type Range = { low: number; scale: number; buckets: number };

/**
 * The stretch between the probes' extremes but two, so that an outlier does not empty the buckets; null where it
 * cannot be divided.
 */
function bulk({ reference, current }: Sides<Float64Array>): Range | null {
  const probes: number[] = [];
  for (const side of [reference, current]) {
    const step = Math.max(1, Math.floor(side.length / PROBES));
    for (let i = 0; i < side.length; i += step) probes.push(side[i]!);
  }
  const sorted = Float64Array.from(probes).sort();
  const low = sorted[2]!;
  const high = sorted[sorted.length - 3]!;
  const values = reference.length + current.length;
  const buckets = Math.min(MOST_BUCKETS, 2 ** Math.ceil(Math.log2(values / 8)));
  const scale = (buckets - 2) / (high - low);
  return Number.isFinite(low) && Number.isFinite(scale) && scale > 0 ? { low, scale, buckets } : null;
}

/** Ascending in the value; the first and the last bucket take what lies outside. NaN gives NaN. */
function bucketOf(value: number, { low, scale, buckets }: Range): number {
  const t = (value - low) * scale + 1;
  return Math.min(Math.max(t, 0), buckets - 1);
}

function countBuckets(values: Float64Array, range: Range): Int32Array {
  const counts = new Int32Array(range.buckets);
  for (let i = 0; i < values.length; i++) {
    const bucket = bucketOf(values[i]!, range);
    if (Number.isNaN(bucket)) {
      throw new RangeError("a sample holds NaN: drop missing values before the test and count them apart");
    }
    counts[bucket | 0]!++;
  }
  return counts;
}

/** Marks the buckets that may hold the largest distance. */
function contenders(counts: Sides<Int32Array>, { before, sizes }: Context): Uint8Array {
  const buckets = counts.reference.length;
  const bounds = new Float64Array(buckets);
  let i = before.reference;
  let j = before.current;
  let best = 0;
  for (let b = 0; b < buckets; b++) {
    const f = i / sizes.reference;
    const g = j / sizes.current;
    i += counts.reference[b]!;
    j += counts.current[b]!;
    const fEnd = i / sizes.reference;
    const gEnd = j / sizes.current;
    bounds[b] = fEnd === f && gEnd === g ? -1 : Math.max(fEnd - g, gEnd - f);
    best = Math.max(best, Math.abs(fEnd - gEnd));
  }
  const chosen = new Uint8Array(buckets);
  for (let b = 0; b < buckets; b++) if (bounds[b]! >= best - ROUNDING) chosen[b] = 1;
  return chosen;
}

/** Values of the chosen buckets, bucket after bucket. */
function gather(
  values: Float64Array,
  { range, counts, chosen }: { range: Range; counts: Int32Array; chosen: Uint8Array },
): Float64Array {
  const next = new Int32Array(range.buckets);
  let size = 0;
  for (let b = 0; b < range.buckets; b++) {
    next[b] = size;
    if (chosen[b] === 1) size += counts[b]!;
  }
  const gathered = new Float64Array(size);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const bucket = bucketOf(value, range) | 0;
    if (chosen[bucket] === 1) gathered[next[bucket]!++] = value;
  }
  return gathered;
}
