import { BUCKET_MS, type Span } from "@/lib/charts/time-axis";
import type { Bucket, Window } from "@/lib/wire";
import { wireWindow } from "./view";

const DAY = 86_400_000;
/** As much of each as can be read at a glance, and below the 1,000 buckets the API gives. */
const SHOWN: Record<Bucket, number> = { hour: 31 * DAY, day: 180 * DAY, week: 156 * 7 * DAY };
/** A segment is counted row by row: a longer axis would make the reader wait. */
const ROWS_READ = 400_000;

/**
 * What the time axis covers: all data where they fit, else a stretch that holds the window, as late as possible.
 * Stepped to whole weeks, so that moving the window a little asks for nothing new.
 * null without data: the server then says what it has.
 */
export function axisWindow(args: {
  bucket: Bucket;
  window: Window | null;
  data: Span | null;
  /** Predictions in all the data, where they are read one by one; else left out. */
  rowsRead?: number | undefined;
}): Window | null {
  const { bucket, window, data, rowsRead } = args;
  if (!data) return null;
  const step = BUCKET_MS[bucket];
  const all = { from: floorTo(data.from, step), to: ceilTo(data.to, step) };
  const shown = Math.min(SHOWN[bucket], rowsRead ? readable(all, rowsRead, step) : Number.POSITIVE_INFINITY);
  if (all.to - all.from <= shown) return wireWindow(all);
  const end = window ? Math.min(Date.parse(window.to), all.to) : all.to;
  const begin = window ? Math.max(Date.parse(window.from), all.from) : end;
  // Half of what is left after the window follows it, as far as there are data.
  const after = Math.max(0, shown - (end - begin)) / 2;
  const to = Math.min(Math.ceil((end + after) / (7 * DAY)) * 7 * DAY, all.to);
  return wireWindow({ from: Math.max(floorTo(to - shown, step), all.from), to });
}

function readable(all: Span, rows: number, step: number): number {
  const share = Math.min(1, ROWS_READ / rows);
  return Math.max(7 * step, Math.floor(((all.to - all.from) * share) / step) * step);
}

/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
const offset = (step: number) => (step === BUCKET_MS.week ? 4 * DAY : 0);
const floorTo = (time: number, step: number) =>
  Math.floor((time - offset(step)) / step) * step + offset(step);
const ceilTo = (time: number, step: number) => Math.ceil((time - offset(step)) / step) * step + offset(step);
