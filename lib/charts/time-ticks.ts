import { axisEnd, type TimeAxis } from "./time-axis";

export type TimeTick = { at: number; label: string };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How an axis may be cut, finest first. `first` finds the first tick at or after a moment. */
const STEPS: { ms: number; next: (time: number) => number; first: (time: number) => number; by: Unit }[] = [
  ...[1, 3, 6, 12].map((hours) => every(hours * HOUR, "hour")),
  ...[1, 2].map((days) => every(days * DAY, "day")),
  { ...every(7 * DAY, "day"), first: (time) => firstMultiple(time - 4 * DAY, 7 * DAY) + 4 * DAY },
  ...[1, 3, 6, 12].map(months),
];

type Unit = "hour" | "day" | "month";

/** Ticks at round moments in UTC, no more than fit `width` pixels at `labelPx` each; the first says the year. */
export function prepareTimeTicks(axis: TimeAxis, width: number, labelPx = 64): TimeTick[] {
  const end = axisEnd(axis);
  const room = Math.max(1, Math.floor(width / labelPx));
  const step = STEPS.find(({ ms }) => (end - axis.from) / ms <= room) ?? STEPS[STEPS.length - 1]!;
  const ticks: TimeTick[] = [];
  for (let at = step.first(axis.from); at < end; at = step.next(at)) {
    ticks.push({ at, label: label(at, step.by, ticks.length === 0) });
  }
  return ticks;
}

function label(at: number, by: Unit, first: boolean): string {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions) =>
    date.toLocaleDateString("en-GB", { timeZone: "UTC", ...options });
  if (by === "month") return part({ month: "short", year: "numeric" });
  if (by === "hour" && date.getUTCHours() !== 0 && !first) return date.toISOString().slice(11, 16);
  return part(
    first || (date.getUTCMonth() === 0 && date.getUTCDate() === 1)
      ? { day: "numeric", month: "short", year: "numeric" }
      : { day: "numeric", month: "short" },
  );
}

const firstMultiple = (time: number, ms: number) => Math.ceil(time / ms) * ms;

function every(ms: number, by: Unit) {
  return { ms, by, next: (time: number) => time + ms, first: (time: number) => firstMultiple(time, ms) };
}

function months(count: number) {
  const next = (time: number, plus: number) => {
    const date = new Date(time);
    const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + plus;
    return Date.UTC(Math.floor(month / 12), month % 12);
  };
  const first = (time: number) => {
    const date = new Date(time);
    const month = Math.ceil((date.getUTCFullYear() * 12 + date.getUTCMonth()) / count) * count;
    const at = Date.UTC(Math.floor(month / 12), month % 12);
    return at >= time ? at : next(at, count);
  };
  return { ms: count * 30 * DAY, by: "month" as const, next: (time: number) => next(time, count), first };
}
