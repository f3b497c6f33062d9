import { nextDown } from "./bin-edges";
import { bucketBounds } from "./exponential-buckets";
import type { Sides } from "./sample";

/** Counts by key of `exponentialBucket`. */
export type SparseCounts = ReadonlyMap<number, number>;

/** Counts over right-closed bins, one more than there are edges: what the bracket and the distances take. */
export type BinnedSides = { edges: Float64Array } & Sides<Float64Array>;

/**
 * Two sparse exponential histograms as counts over common bins.
 *
 * Every bucket used on either side becomes one bin with its own bounds, zero a bin that holds zero alone, and
 * each gap between used buckets one empty bin. A negative bucket [a, b) is the bin (nextDown(a), nextDown(b)].
 *
 * @param sides counts by key; zero counts are ignored
 * @param schema of the keys
 * @returns edges and counts for `kolmogorovSmirnovBracket`; no edge and one empty bin when neither side has a
 *   count. O(k log k) in the number of keys.
 * @example exponentialHistogram({ reference: new Map([[0, 3]]), current: new Map([[0, 2]]) })
 *   // { edges: [-5e-324, 0], reference: [0, 3, 0], current: [0, 2, 0] }
 */
export function exponentialHistogram(
  { reference, current }: Sides<SparseCounts>,
  { schema = 5 }: { schema?: number } = {},
): BinnedSides {
  const keys = new Set<number>();
  for (const side of [reference, current]) for (const [key, count] of side) if (count > 0) keys.add(key);
  const edges: number[] = [];
  const counts = { reference: [0], current: [0] };
  for (const key of [...keys].sort((a, b) => a - b)) {
    const { start, end } = rightClosed(key, schema);
    if (edges.length === 0 || start > edges[edges.length - 1]!) {
      // a gap, or the very first edge, whose bin is already there
      if (edges.length > 0) {
        counts.reference.push(0);
        counts.current.push(0);
      }
      edges.push(start);
    }
    edges.push(end);
    counts.reference.push(reference.get(key) ?? 0);
    counts.current.push(current.get(key) ?? 0);
  }
  if (edges.length > 0) {
    counts.reference.push(0);
    counts.current.push(0);
  }
  return {
    edges: Float64Array.from(edges),
    reference: Float64Array.from(counts.reference),
    current: Float64Array.from(counts.current),
  };
}

function rightClosed(key: number, schema: number): { start: number; end: number } {
  const { lower, upper } = bucketBounds(key, schema);
  if (key > 0) return { start: lower, end: Math.min(upper, Number.MAX_VALUE) };
  if (key === 0) return { start: nextDown(0), end: 0 };
  return { start: nextDown(Math.max(lower, -Number.MAX_VALUE)), end: nextDown(upper) };
}
