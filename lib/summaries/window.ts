import { TidemarkError } from "@/lib/errors";
import { type Bucket, Timestamp, type Window } from "@/lib/wire";
import { DAY_MS, HOUR_MS } from "./summarise";

/** A half-open span of time `[fromMs, toMs)`, epoch milliseconds UTC. */
export type Span = { fromMs: number; toMs: number };

const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05 was a Monday. */
const MONDAY_MS = 4 * DAY_MS;

/** What a window is read from: at most one run of days, two runs of hours, two edges inside an hour. */
export type WindowPlan = { days: Span | null; hours: Span[]; raw: Span[] };

/**
 * Splits a window into whole days, whole hours and what is left inside an hour. The parts are disjoint and cover the
 * window exactly.
 */
export function planWindow({ fromMs, toMs }: Span): WindowPlan {
  const plan: WindowPlan = { days: null, hours: [], raw: [] };
  if (!(fromMs < toMs)) return plan;
  const firstHour = Math.ceil(fromMs / HOUR_MS) * HOUR_MS;
  const lastHour = Math.floor(toMs / HOUR_MS) * HOUR_MS;
  if (firstHour > lastHour) return { ...plan, raw: [{ fromMs, toMs }] };
  add(plan.raw, fromMs, firstHour);
  add(plan.raw, lastHour, toMs);
  const firstDay = Math.ceil(firstHour / DAY_MS) * DAY_MS;
  const lastDay = Math.floor(lastHour / DAY_MS) * DAY_MS;
  if (firstDay >= lastDay) {
    add(plan.hours, firstHour, lastHour);
    return plan;
  }
  add(plan.hours, firstHour, firstDay);
  add(plan.hours, lastDay, lastHour);
  return { ...plan, days: { fromMs: firstDay, toMs: lastDay } };
}

function add(spans: Span[], fromMs: number, toMs: number): void {
  if (fromMs < toMs) spans.push({ fromMs, toMs });
}

export function parseSpan({ from, to }: Window): Span {
  const span = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  for (const [name, text, ms] of [
    ["from", from, span.fromMs],
    ["to", to, span.toMs],
  ] as const) {
    if (Number.isNaN(ms) || !Timestamp.safeParse(text).success) {
      throw new TidemarkError(
        "bad_request",
        `${name}: "${text.slice(0, 80)}" is not a time; write 2026-03-01T00:00:00Z`,
      );
    }
  }
  if (span.fromMs >= span.toMs) {
    throw new TidemarkError(
      "bad_request",
      `the window ends (${to}) no later than it begins (${from}): swap from and to, or widen it`,
    );
  }
  return span;
}

export function showSpan({ fromMs, toMs }: Span): Window {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
}

/** The start of the bucket a moment lies in; weeks start on Monday. */
export function bucketStart(bucket: Bucket, ms: number): number {
  if (bucket === "hour") return Math.floor(ms / HOUR_MS) * HOUR_MS;
  if (bucket === "day") return Math.floor(ms / DAY_MS) * DAY_MS;
  return Math.floor((ms - MONDAY_MS) / WEEK_MS) * WEEK_MS + MONDAY_MS;
}

export const BUCKET_MS: Record<Bucket, number> = { hour: HOUR_MS, day: DAY_MS, week: WEEK_MS };

/** More columns than a screen has pixels for are a mistake in the query. */
export const MOST_BUCKETS = 1000;

/**
 * Starts of the buckets a window touches. The first and the last may lie partly outside of it.
 * @throws TidemarkError `bad_request` above MOST_BUCKETS, naming the remedy
 */
export function bucketStarts(bucket: Bucket, { fromMs, toMs }: Span): number[] {
  const first = bucketStart(bucket, fromMs);
  const count = Math.ceil((toMs - first) / BUCKET_MS[bucket]);
  if (count > MOST_BUCKETS) {
    const wider = bucket === "hour" ? "bucket=day, or" : bucket === "day" ? "bucket=week, or" : "";
    throw new TidemarkError(
      "bad_request",
      `the window has ${count} buckets of one ${bucket}, the most is ${MOST_BUCKETS}: take ${wider} a shorter window`.replace(
        / +/g,
        " ",
      ),
    );
  }
  return Array.from({ length: Math.max(0, count) }, (_, i) => first + i * BUCKET_MS[bucket]);
}
