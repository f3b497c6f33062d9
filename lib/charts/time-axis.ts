import type { Bucket } from "@/lib/wire";

/**
 * The one time axis of a page: equal buckets in UTC, half-open, in milliseconds.
 * Hours, days and weeks have a fixed length in UTC, so an axis is three numbers.
 */
export type TimeAxis = { from: number; stepMs: number; count: number; bucket: Bucket };

export type Span = { from: number; to: number };

export const BUCKETS = ["hour", "day", "week"] as const satisfies readonly Bucket[];

export const BUCKET_MS: Record<Bucket, number> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** The axis that holds every given bucket start; null where there is none. */
export function prepareAxis(starts: readonly string[], bucket: Bucket): TimeAxis | null {
  const times = starts.map((start) => Date.parse(start)).filter(Number.isFinite);
  if (times.length === 0) return null;
  const stepMs = BUCKET_MS[bucket];
  const from = Math.min(...times);
  const count = Math.round((Math.max(...times) - from) / stepMs) + 1;
  return { from, stepMs, count, bucket };
}

export const axisEnd = (axis: TimeAxis) => axis.from + axis.stepMs * axis.count;

/** Where a moment lies on an axis `width` pixels wide; outside moments land outside. */
export const positionOf = (axis: TimeAxis, time: number, width: number) =>
  ((time - axis.from) / (axis.stepMs * axis.count)) * width;

/** The bucket a pixel lies in, kept within the axis. */
export function bucketAt(axis: TimeAxis, x: number, width: number): number {
  const index = Math.floor((x / width) * axis.count);
  return Math.min(Math.max(index, 0), axis.count - 1);
}

export const bucketSpan = (axis: TimeAxis, index: number): Span => ({
  from: axis.from + index * axis.stepMs,
  to: axis.from + (index + 1) * axis.stepMs,
});

/** Puts values into their buckets by start time; a bucket that nobody reported stays null. */
export function alignTo<T extends { start: string }>(axis: TimeAxis, rows: readonly T[]): (T | null)[] {
  const aligned: (T | null)[] = new Array(axis.count).fill(null);
  for (const row of rows) {
    const index = Math.round((Date.parse(row.start) - axis.from) / axis.stepMs);
    if (index >= 0 && index < axis.count) aligned[index] = row;
  }
  return aligned;
}
