import { sortedCopy } from "./sample";

/*
 * The bins of every numerical summary: right-closed intervals (edges[i − 1], edges[i]], below which lies bin 0,
 * (−∞, edges[0]], and above which lies bin edges.length, (last, ∞). k edges make k + 1 bins.
 */

const bits = new DataView(new ArrayBuffer(8));

/**
 * The largest double below a number, so that (nextDown(v), v] holds v alone.
 *
 * @param value any number but NaN; −Infinity stays what it is
 * @example nextDown(1) // 0.9999999999999999
 */
export function nextDown(value: number): number {
  if (value === Number.NEGATIVE_INFINITY) return value;
  if (value === 0) return -Number.MIN_VALUE;
  bits.setFloat64(0, value);
  const low = bits.getUint32(4);
  // the bits of a double count up with its magnitude: one step, with a carry from the lower word
  const step = value > 0 ? -1 : 1;
  const carries = step < 0 ? low === 0 : low === 0xffff_ffff;
  bits.setUint32(4, low + step);
  if (carries) bits.setUint32(0, bits.getUint32(0) + step);
  return bits.getFloat64(0);
}

/**
 * Equal-frequency bin edges of a reference sample, with heavy values set apart.
 *
 * A value that holds at least 1/bins of the sample gets a bin of its own, by the edge pair
 * {nextDown(v), v}; so does every value when there are at most bins/2 different ones. The first edge is
 * nextDown(min) and the last one max, so that bin 0 counts what lies below the reference and the last bin what
 * lies above.
 *
 * @param values finite values in any order; not changed
 * @param options bins: how many to aim at, 256 by default
 * @returns strictly ascending edges: at most bins + 1 and one more a heavy value. Empty for an empty sample, where
 *   one bin then takes everything. O(n log n).
 * @throws RangeError on NaN or ±Infinity, or on fewer than 2 bins
 * @example binEdges(Float64Array.of(1, 1, 2)) // [0.9999999999999999, 1, 1.9999999999999998, 2]
 */
export function binEdges(values: Float64Array, { bins = 256 }: { bins?: number } = {}): Float64Array {
  if (!(bins >= 2)) throw new RangeError(`${bins} bins: ask for at least 2`);
  const n = values.length;
  if (n === 0) return new Float64Array(0);
  const sorted = isAscending(values) ? values : sortedCopy(values);
  if (!Number.isFinite(sorted[0]) || !Number.isFinite(sorted[n - 1])) {
    throw new RangeError("bin edges of an infinite value: only finite values can be summarised");
  }
  const heavy = hasFewValues(sorted, bins / 2) ? 1 : n / bins;
  const edges: number[] = [nextDown(sorted[0]!)];
  const add = (edge: number) => {
    if (edge > edges[edges.length - 1]!) edges.push(edge + 0);
  };
  let filled = 0;
  for (let start = 0; start < n; ) {
    const value = sorted[start]!;
    let end = start + 1;
    while (end < n && sorted[end] === value) end++;
    if (end - start >= heavy) {
      add(nextDown(value));
      add(value);
      filled = end;
    } else if (end - filled >= n / bins || end === n) {
      add(value);
      filled = end;
    }
    start = end;
  }
  return Float64Array.from(edges);
}

/**
 * Which bin a value falls into: the first i with value ≤ edges[i], or edges.length above the last edge.
 *
 * @param edges ascending
 * @param value any number; NaN falls into bin 0, so filter missing values first
 * @returns 0 to edges.length. O(log edges), some 45 ns for 256.
 * @example binIndex(Float64Array.of(0, 10), 10) // 1
 */
export function binIndex(edges: Float64Array | readonly number[], value: number): number {
  let start = 0;
  let length = edges.length;
  if (length === 0) return 0;
  // steps by arithmetic, not by branches: those would be mispredicted every other time, at twice the cost
  while (length > 1) {
    const half = length >>> 1;
    start += half & -Number(edges[start + half - 1]! < value);
    length -= half;
  }
  return start + Number(edges[start]! < value);
}

/**
 * Whether a bin is an atom, (nextDown(v), v], and so holds the one value v.
 *
 * @param bin 0 to edges.length
 * @example holdsOneValue([nextDown(3), 3], 1) // true
 */
export function holdsOneValue(edges: Float64Array | readonly number[], bin: number): boolean {
  if (bin <= 0 || bin >= edges.length) return false;
  return edges[bin - 1] === nextDown(edges[bin]!);
}

/** False at the first step down, and for NaN. */
function isAscending(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i - 1]! <= values[i]!)) return false;
  return !Number.isNaN(values[0]);
}

function hasFewValues(sorted: Float64Array, most: number): boolean {
  let distinct = 1;
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] !== sorted[i - 1] && ++distinct > most) return false;
  }
  return true;
}
