import { bucketBounds, exponentialBucket } from "@/lib/stats/exponential-buckets";
import type { QualityReport } from "./schema";

/** Latencies of some rows: counts over exponential buckets, with their sum. */
export type Latency = { n: number; sum: number; counts: Map<number, number> };

export const noLatency = (): Latency => ({ n: 0, sum: 0, counts: new Map() });

export function addCounts(latency: Latency, counts: Iterable<readonly [number, number]>): void {
  for (const [key, count] of counts) latency.counts.set(key, (latency.counts.get(key) ?? 0) + count);
}

/** Counts one row in the buckets that stored rows are counted in. */
export function addLatency(latency: Latency, milliseconds: number): void {
  latency.n++;
  latency.sum += milliseconds;
  addCounts(latency, [[exponentialBucket(milliseconds), 1]]);
}

/**
 * Quantiles from exponential buckets: the geometric middle of the bucket that holds the rank, so within 1.1 % of the
 * raw rows' quantile (the smallest value that at least a share q does not exceed).
 *
 * @returns a value per share, in the unit that was counted; null without a row. O(buckets).
 */
export function quantiles({ counts }: Pick<Latency, "counts">, shares: readonly number[]): number[] | null {
  const keys = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const n = keys.reduce((sum, [, count]) => sum + count, 0);
  if (n === 0) return null;
  return shares.map((share) => {
    let below = 0;
    for (const [key, count] of keys) {
      below += count;
      if (below >= share * n) return middle(key);
    }
    return middle(keys.at(-1)![0]);
  });
}

function middle(key: number): number {
  const { lower, upper } = bucketBounds(key);
  return Math.sign(upper + lower) * Math.sqrt(Math.abs(lower) * Math.abs(upper));
}

export function describeLatency(latency: Latency): QualityReport["latency_ms"] {
  const found = quantiles(latency, [0.5, 0.95, 0.99]);
  if (!found || latency.n === 0) return null;
  const [p50, p95, p99] = found as [number, number, number];
  return { n: latency.n, mean: latency.sum / latency.n, p50, p95, p99 };
}
