import { type Domain, roundTicks } from "./scale";

export type AxisKind = "linear" | "log";

/** A scale for lines and points: values to shares of its length, with its ticks. */
export type Axis = {
  kind: AxisKind;
  domain: Domain;
  /** 0 at the low end, 1 at the high one; null for what a logarithm does not have. */
  place: (value: number) => number | null;
  ticks: number[];
};

/**
 * @param kind "log" shows only what is above zero
 * @param pad of the span, left free at both ends
 * @param whole ticks only at whole numbers, for what is counted
 * @returns null where no value can be shown
 */
export function prepareAxis(
  values: Iterable<number | null>,
  {
    kind = "linear",
    pad = 0,
    ticks = 4,
    whole = false,
  }: { kind?: AxisKind; pad?: number; ticks?: number; whole?: boolean } = {},
): Axis | null {
  const to = kind === "log" ? Math.log10 : (value: number) => value;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || !Number.isFinite(value) || (kind === "log" && value <= 0)) continue;
    const at = to(value);
    if (at < low) low = at;
    if (at > high) high = at;
  }
  if (low > high) return null;
  const room = high > low ? (high - low) * pad : Math.max(Math.abs(high) * 0.05, 1e-9);
  const ends: Domain = [low - room, high + room];
  const marks = kind === "log" ? logTicks(ends, ticks) : roundTicks(ends, ticks);
  return {
    kind,
    domain: kind === "log" ? [10 ** ends[0], 10 ** ends[1]] : ends,
    place: (value) => {
      if (kind === "log" && value <= 0) return null;
      return (to(value) - ends[0]) / (ends[1] - ends[0]);
    },
    ticks: whole && kind === "linear" ? wholeTicks(marks, ends) : marks,
  };
}

/** A step of 2.5 becomes one of 2: what lies between two counts is none. */
function wholeTicks(marks: readonly number[], [low, high]: Domain): number[] {
  if (marks.every(Number.isInteger)) return [...marks];
  const step = Math.max(1, Math.floor(marks.length > 1 ? marks[1]! - marks[0]! : high - low));
  const found: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) found.push(at);
  return found;
}

/** Powers of ten; between near ones 2 and 5 of each too, and round values where not even those are enough. */
function logTicks([low, high]: Domain, count: number): number[] {
  const from = Math.floor(low);
  const decades = Array.from({ length: Math.ceil(high) - from + 1 }, (_, i) => from + i);
  const inside = (values: number[]) =>
    values.filter((value) => Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9);
  const every = Math.max(1, Math.ceil((high - low) / count));
  const all = inside(decades.map((power) => 10 ** power));
  const powers = all.filter((_, place) => place % every === 0);
  if (powers.length > 2 || every > 1) return powers.length > 1 ? powers : all;
  const halves = inside(
    decades.flatMap((power) => [1, 2, 5].map((factor) => Number((factor * 10 ** power).toPrecision(3)))),
  );
  return halves.length > 1 ? halves : roundTicks([10 ** low, 10 ** high], count);
}
