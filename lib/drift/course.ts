import type { TimelineRow } from "./schema";

/** How a feature's distance went over the buckets of a timeline. Indices are bucket indices. */
export type Course =
  /** Fewer than eight measured buckets, or no more above the mark than chance gives: nothing to say. */
  | { kind: "unknown" }
  | { kind: "throughout"; above: number; measured: number }
  /** Below the mark before `first`, above it from there to the end. */
  | { kind: "since"; first: number; above: number }
  /** One spell that has ended. */
  | { kind: "spell"; first: number; last: number; above: number }
  | { kind: "bursts"; above: number; measured: number; trend: "rising" | "falling" | "none" | "unclear" };

const LEAST_BUCKETS = 8;
const MOST = 0.9;

/**
 * Whether a distance that counts (at least `mark`, and more than chance gives in its bucket) is there all
 * the time, began one day, came once, or comes and goes. Empty and still-filling buckets count as neither.
 */
export function courseOf(args: {
  row: Pick<TimelineRow, "effect" | "band">;
  mark: number;
  filling?: readonly boolean[];
}): Course {
  const measured = args.row.effect.flatMap((effect, index) =>
    effect === null || args.filling?.[index] ? [] : [{ index, effect, band: args.row.band[index] ?? 0 }],
  );
  if (measured.length < LEAST_BUCKETS) return { kind: "unknown" };
  const hot = measured.map(({ effect, band }) => effect >= args.mark && effect > band);
  const above = hot.filter(Boolean).length;
  if (above <= byChance(measured.filter(({ band }) => band >= args.mark).length)) return { kind: "unknown" };
  if (above >= MOST * measured.length) return { kind: "throughout", above, measured: measured.length };

  const first = hot.indexOf(true);
  const last = hot.lastIndexOf(true);
  const start = onset(hot, above);
  if (start !== null) return { kind: "since", first: measured[start]!.index, above: count(hot.slice(start)) };
  if (above >= MOST * (last - first + 1) && last < hot.length - 1)
    return { kind: "spell", first: measured[first]!.index, last: measured[last]!.index, above };
  return {
    kind: "bursts",
    above,
    measured: measured.length,
    trend: agreedTrend(measured),
  };
}

/**
 * How many buckets chance alone puts above the mark: a 95 % band lets one in twenty through where it lies above the
 * mark, and up to two deviations more than that. 0 where every band lies below the mark.
 */
function byChance(buckets: number): number {
  const expected = 0.05 * buckets;
  return Math.ceil(expected + 2 * Math.sqrt(expected));
}

/**
 * A distance grows by itself where buckets get smaller, and what exceeds chance shrinks: only a trend in both is one
 * of the feature.
 */
function agreedTrend(measured: readonly { effect: number; band: number }[]) {
  const raw = trendOf(measured.map(({ effect }) => effect));
  const excess = trendOf(measured.map(({ effect, band }) => Math.max(0, effect - band)));
  return raw === excess ? raw : "unclear";
}

const count = (hot: readonly boolean[]) => hot.filter(Boolean).length;

/** The earliest bucket from which on nearly all are above while nearly none were before; at least three of them. */
function onset(hot: readonly boolean[], above: number): number | null {
  let before = 0;
  for (let at = 0; at <= hot.length - 3; at++) {
    if (hot[at]) {
      const quiet = before <= (1 - MOST) * at;
      if (quiet && above - before >= MOST * (hot.length - at) && hot.slice(-2).some(Boolean)) return at;
      before++;
    }
  }
  return null;
}

/**
 * Mann–Kendall (Kendall's tau against time, normal approximation) with a least size: the last third's median
 * must differ from the first third's by 0.05. "none" is only said where the test is far from firing, since
 * neighbouring days resemble each other and the test takes them for independent. O(n²), thinned to 200 points.
 */
export function trendOf(values: readonly number[]): "rising" | "falling" | "none" | "unclear" {
  const every = Math.ceil(values.length / 200);
  const sample = values.filter((_, index) => index % every === 0);
  const n = sample.length;
  let s = 0;
  for (let later = 1; later < n; later++)
    for (let earlier = 0; earlier < later; earlier++) s += Math.sign(sample[later]! - sample[earlier]!);
  const z = s / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const third = Math.floor(n / 3);
  const rise = median(sample.slice(n - third)) - median(sample.slice(0, third));
  if (Math.abs(z) < 1.96 || Math.abs(rise) < 0.02) return "none";
  if (Math.abs(z) < 3.29 || Math.abs(rise) < 0.05 || Math.sign(z) !== Math.sign(rise)) return "unclear";
  return z > 0 ? "rising" : "falling";
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
