import { type Bins, binKey, EXPONENTIAL } from "./binner";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Hours per bucket of the two stored grains. */
export type Grain = 1 | 24;

/** Counts of one column over some rows. Adds up: any grouping of the rows gives the same counts. */
export type Histogram = {
  /** Rows with a value, and without. */
  n: number;
  missing: number;
  /** Over numbers; 0 and null for categories. */
  sum: number;
  sumSquared: number;
  min: number | null;
  max: number | null;
  counts: Map<number, number>;
};

export function emptyHistogram(): Histogram {
  return { n: 0, missing: 0, sum: 0, sumSquared: 0, min: null, max: null, counts: new Map() };
}

/** Counts one value; NaN is missing. */
export function countValue(histogram: Histogram, bins: Bins, value: number): void {
  if (Number.isNaN(value)) {
    histogram.missing++;
    return;
  }
  histogram.n++;
  const key = binKey(bins, value);
  histogram.counts.set(key, (histogram.counts.get(key) ?? 0) + 1);
  if (bins.kind === "codes") return;
  histogram.sum += value;
  histogram.sumSquared += value * value;
  if (histogram.min === null || value < histogram.min) histogram.min = value;
  if (histogram.max === null || value > histogram.max) histogram.max = value;
}

/** Adds `from` to `into`. */
export function mergeHistogram(into: Histogram, from: Histogram): void {
  into.n += from.n;
  into.missing += from.missing;
  into.sum += from.sum;
  into.sumSquared += from.sumSquared;
  if (from.min !== null && (into.min === null || from.min < into.min)) into.min = from.min;
  if (from.max !== null && (into.max === null || from.max > into.max)) into.max = from.max;
  for (const [key, count] of from.counts) into.counts.set(key, (into.counts.get(key) ?? 0) + count);
}

/** What a row must offer to be summarised. */
export type SummarisableRow = {
  tsMs: number;
  /** null on a failed prediction. */
  prediction: number | null;
  score: number | null;
  latencyMs: number | null;
  /** By feature_id − 1; NaN or beyond the end = missing. */
  features: ArrayLike<number>;
};

/** Bins per column of the vector, and of prediction and score. */
export type VersionBins = { columns: readonly Bins[]; prediction: Bins; score: Bins };

/** Everything counted about the rows of one hour or day. */
export type BucketSummary = {
  grain: Grain;
  startMs: number;
  n: number;
  errors: number;
  latency: Histogram;
  columns: Histogram[];
  prediction: Histogram;
  score: Histogram;
};

function emptyBucket(grain: Grain, startMs: number, columns: number): BucketSummary {
  return {
    grain,
    startMs,
    n: 0,
    errors: 0,
    latency: emptyHistogram(),
    columns: Array.from({ length: columns }, emptyHistogram),
    prediction: emptyHistogram(),
    score: emptyHistogram(),
  };
}

/**
 * Counts rows per hour and per day (UTC).
 * A failed prediction counts as a row and an error, and with its features, but adds nothing to prediction or score.
 * Cost: about 1 µs per row of 20 columns.
 */
export function summarise(rows: readonly SummarisableRow[], bins: VersionBins): BucketSummary[] {
  const hours = new Map<number, BucketSummary>();
  for (const row of rows) {
    const start = Math.floor(row.tsMs / HOUR_MS) * HOUR_MS;
    let bucket = hours.get(start);
    if (!bucket) {
      bucket = emptyBucket(1, start, bins.columns.length);
      hours.set(start, bucket);
    }
    countRow(bucket, row, bins);
  }
  const days = new Map<number, BucketSummary>();
  for (const hour of hours.values()) {
    const start = Math.floor(hour.startMs / DAY_MS) * DAY_MS;
    let day = days.get(start);
    if (!day) {
      day = emptyBucket(24, start, bins.columns.length);
      days.set(start, day);
    }
    mergeBucket(day, hour);
  }
  return [...hours.values(), ...days.values()];
}

function countRow(bucket: BucketSummary, row: SummarisableRow, bins: VersionBins): void {
  bucket.n++;
  for (let i = 0; i < bins.columns.length; i++) {
    const value = i < row.features.length ? row.features[i]! : Number.NaN;
    countValue(bucket.columns[i]!, bins.columns[i]!, value);
  }
  if (row.latencyMs !== null) countValue(bucket.latency, EXPONENTIAL, row.latencyMs);
  if (row.prediction === null) {
    bucket.errors++;
    return;
  }
  countValue(bucket.prediction, bins.prediction, row.prediction);
  if (row.score !== null) countValue(bucket.score, bins.score, row.score);
}

function mergeBucket(into: BucketSummary, from: BucketSummary): void {
  into.n += from.n;
  into.errors += from.errors;
  mergeHistogram(into.latency, from.latency);
  mergeHistogram(into.prediction, from.prediction);
  mergeHistogram(into.score, from.score);
  for (let i = 0; i < into.columns.length; i++) mergeHistogram(into.columns[i]!, from.columns[i]!);
}
