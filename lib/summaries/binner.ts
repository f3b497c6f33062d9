import { binIndex } from "@/lib/stats/bin-edges";
import { exponentialBucket } from "@/lib/stats/exponential-buckets";

/**
 * How a column's values become the keys of its summaries.
 * - edges: right-closed bins of the baseline; key 0 lies at or below the first edge, key edges.length above the last.
 * - exponential: no baseline yet; buckets 2.2 % wide, signed, with one for zero.
 * - codes: categories; the key is the dictionary code.
 */
export type Bins = { kind: "edges"; edges: Float64Array } | { kind: "exponential" } | { kind: "codes" };

/** The key under which a value that is not missing is counted. */
export function binKey(bins: Bins, value: number): number {
  switch (bins.kind) {
    case "edges":
      return binIndex(bins.edges, value);
    case "exponential":
      return exponentialBucket(value);
    case "codes":
      return value;
  }
}

export const CODES: Bins = { kind: "codes" };
export const EXPONENTIAL: Bins = { kind: "exponential" };
