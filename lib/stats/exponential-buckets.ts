/*
 * Buckets for a feature that has no reference yet: their width is a fixed share of the value (2.2 % for schema 5),
 * so that any range fits and counts of different hours always add up. After Prometheus' native histograms and
 * OpenTelemetry's exponential ones.
 *
 * A key is one int32, ascending in the value: 0 for zero (and −0), i + 1075·2^schema + 1 for a value in
 * (base^(i−1), base^i], base = 2^(2^−schema), and the negated key of |value| below zero.
 */

const DEFAULT_SCHEMA = 5;
const SMALLEST_NORMAL = 2 ** -1022;
/** By schema: base^0 … base^(2^schema − 1), and 2. */
const roots = Array.from({ length: 9 }, (_, schema) =>
  Float64Array.from({ length: 2 ** schema + 1 }, (_, i) => 2 ** (i / 2 ** schema)),
);
/** By schema: the first root at or above each 256th of [1, 2), from which a mantissa is a step or two away. */
const starts = roots.map((of) =>
  Uint16Array.from({ length: 256 }, (_, part) => of.findIndex((root) => root >= 1 + part / 256)),
);
const value64 = new Float64Array(1);
const words = new Uint32Array(value64.buffer);
/** Which of a double's two words holds its sign and exponent. */
const HIGH = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/**
 * The bucket of a value. The bounds decide, not a rounded logarithm: the value always lies within
 * `bucketBounds` of its key.
 *
 * @param value any finite number; missing values are counted elsewhere
 * @param schema buckets a factor of two: 2^schema, schema 0 to 8
 * @returns an integer key, ascending in the value; |key| ≤ 2099·2^schema + 1.
 * @throws RangeError on NaN or ±Infinity
 * @example exponentialBucket(1) // 34401
 */
export function exponentialBucket(value: number, schema: number = DEFAULT_SCHEMA): number {
  if (value === 0) return 0;
  if (!Number.isFinite(value)) {
    throw new RangeError(`an exponential bucket for ${value}: only finite values can be summarised`);
  }
  const key = index(Math.abs(value), schema) + offset(schema);
  return value > 0 ? key : -key;
}

/** The i with base^(i−1) < magnitude ≤ base^i. */
function index(magnitude: number, schema: number): number {
  const perOctave = 2 ** schema;
  if (magnitude < SMALLEST_NORMAL) {
    // bounds this small are rounded themselves: ask them
    let i = Math.ceil(Math.log2(magnitude) * perOctave);
    while (magnitude > power(i, schema)) i++;
    while (magnitude <= power(i - 1, schema)) i--;
    return i;
  }
  // the double's own exponent gives the octave, its mantissa in [1, 2) is looked up among the roots
  value64[0] = magnitude;
  const high = words[HIGH]!;
  words[HIGH] = (high & 0x000f_ffff) | 0x3ff0_0000;
  const mantissa = value64[0]!;
  const within = roots[schema]!;
  let root = starts[schema]![(high >>> 12) & 0xff]!;
  while (within[root]! < mantissa) root++;
  return ((high >>> 20) - 1023) * perOctave + root;
}

/**
 * The values that share a bucket: (lower, upper] for a positive key, [lower, upper) for a negative one, {0} for 0.
 *
 * @param key of `exponentialBucket` with the same schema
 * @returns bounds, relative width 2^(2^−schema) − 1; the topmost upper bound is Infinity
 * @example bucketBounds(34401) // { lower: 0.978…, upper: 1 }
 */
export function bucketBounds(key: number, schema: number = DEFAULT_SCHEMA): { lower: number; upper: number } {
  if (key === 0) return { lower: 0, upper: 0 };
  const i = Math.abs(key) - offset(schema);
  const near = power(i - 1, schema);
  const far = power(i, schema);
  return key > 0 ? { lower: near, upper: far } : { lower: -far, upper: -near };
}

/** Makes every key of a positive number positive: the smallest double is 2^−1074. */
function offset(schema: number): number {
  return 1075 * 2 ** schema + 1;
}

/** base^i: a root of two from the table, times a power of two, which is exact. */
function power(i: number, schema: number): number {
  const octave = Math.floor(i / 2 ** schema);
  return roots[schema]![i - octave * 2 ** schema]! * 2 ** octave;
}
