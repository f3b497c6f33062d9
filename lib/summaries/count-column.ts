import { binIndex } from "@/lib/stats/bin-edges";
import { type Bins, binKey } from "./binner";
import type { Histogram } from "./summarise";

/**
 * Adds values of one column to its histogram; NaN is missing. Equal to countValue on each, several times as fast for
 * many values, since counts are gathered in an array first.
 */
export function countColumn(histogram: Histogram, bins: Bins, values: Float64Array): void {
  const counts = bins.kind === "edges" ? countEdges(bins.edges, values) : countKeys(bins, values);
  let n = 0;
  for (const [key, count] of counts) {
    n += count;
    histogram.counts.set(key, (histogram.counts.get(key) ?? 0) + count);
  }
  histogram.n += n;
  histogram.missing += values.length - n;
  if (bins.kind === "codes" || n === 0) return;
  let { sum, sumSquared } = histogram;
  let min = histogram.min ?? Number.POSITIVE_INFINITY;
  let max = histogram.max ?? Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    sumSquared += value * value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  Object.assign(histogram, { sum, sumSquared, min, max });
}

function countEdges(edges: Float64Array, values: Float64Array): Iterable<[number, number]> {
  const counts = new Float64Array(edges.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value)) counts[binIndex(edges, value)]!++;
  }
  return nonZero(counts);
}

function* nonZero(counts: Float64Array): Generator<[number, number]> {
  for (let key = 0; key < counts.length; key++) if (counts[key]! > 0) yield [key, counts[key]!];
}

function countKeys(bins: Bins, values: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    const key = binKey(bins, value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
