/** How numbers and times are written on every page. Times are UTC; nulls are "–": measured nothing. */

export const NOTHING = "–";
const NBSP = "\u00a0";

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 63530 → "63,530" */
export const formatCount = (n: number | null): string => (n === null ? NOTHING : whole.format(n));

/** 18240 → "18k", 2.4e6 → "2.4M": for axes and other narrow places. */
export function formatCompact(n: number | null): string {
  if (n === null) return NOTHING;
  for (const [unit, suffix] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    // 999,950 rounds up to the next unit rather than to "1000k".
    if (Math.abs(n) >= unit * 0.9995) {
      const scaled = n / unit;
      return `${Math.abs(scaled) < 9.95 ? trimZeros(scaled.toFixed(1)) : Math.round(scaled)}${suffix}`;
    }
  }
  return trimZeros(n.toFixed(Math.abs(n) < 10 && !Number.isInteger(n) ? 1 : 0));
}

/**
 * A share 0 to 1 in percent: 0.213 → "21 %". Below 10 % it keeps one decimal, and something is never
 * rounded to nothing or to all: 0.0004 → "<0.1 %", 0.9996 → ">99.9 %".
 */
export function formatShare(share: number | null): string {
  if (share === null || Number.isNaN(share)) return NOTHING;
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return `<0.1${NBSP}%`;
  if (percent < 100 && percent >= 99.95) return `>99.9${NBSP}%`;
  const digits = percent < 9.95 || percent > 99 ? 1 : 0;
  return `${trimZeros(percent.toFixed(digits))}${NBSP}%`;
}

/** A p- or q-value: 0.0341 → "0.034", 2.2e-8 → "2e-8", below 1e-99 → "<1e-99". */
export function formatP(p: number | null): string {
  if (p === null || Number.isNaN(p)) return NOTHING;
  if (p < 1e-99) return "<1e-99";
  if (p < 0.001) return p.toExponential(0);
  return p < 0.1 ? p.toFixed(3) : p.toFixed(2);
}

/** A statistic or score of order one, three decimals: 0.39712 → "0.397". */
export function formatScore(value: number | null, digits = 3): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** A metric: three decimals for those of order one (AUC, F1), four significant figures for a rmse of 1,832. */
export function formatMetric(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  return Math.abs(value) < 10 ? formatScore(value) : formatValue(value);
}

/** Any number at up to `digits` significant figures, thousands grouped: 1797.25 → "1,797". */
export function formatValue(value: number | null, digits = 4): string {
  if (value === null || !Number.isFinite(value)) return NOTHING;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e9 || size < 1e-4) return trimExponential(value.toExponential(digits - 1));
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return new Intl.NumberFormat("en-US", { maximumFractionDigits: Math.min(decimals, 20) }).format(value);
}

/** 3.4 → "3.4 ms", 1250 → "1.3 s", 0.004 → "<0.1 ms" */
export function formatMs(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return NOTHING;
  if (ms > 0 && ms < 0.05) return `<0.1${NBSP}ms`;
  if (ms >= 1000) return `${trimZeros((ms / 1000).toFixed(1))}${NBSP}s`;
  return `${ms >= 100 ? Math.round(ms) : trimZeros(ms.toFixed(1))}${NBSP}ms`;
}

/** "22 Feb 2001" */
export function formatDay(time: string | number | Date): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "22 Feb" */
export function formatDayOfMonth(time: string | number | Date): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** "Feb 2001" */
export function formatMonth(time: string | number | Date): string {
  const date = new Date(time);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "14:32", or "14:32:07" where the seconds matter. UTC, without saying so. */
export function formatClock(time: string | number | Date, { seconds = false } = {}): string {
  return new Date(time).toISOString().slice(11, seconds ? 19 : 16);
}

/** "22 Feb 2001 14:32:07 UTC" */
export function formatTime(time: string | number | Date): string {
  const clock = formatClock(time, { seconds: true });
  return `${formatDay(time)} ${clock.endsWith(":00") ? clock.slice(0, 5) : clock} UTC`;
}

/**
 * A half-open window in words. Whole days name the last day inside: [22 Feb, 26 Feb) → "22 to 25 Feb 2001";
 * otherwise both ends with their hour: "22 Feb 06:00 to 23 Feb 2001 18:00 UTC".
 */
export function formatWindow(window: { from: string; to: string }): string {
  const from = new Date(window.from);
  const to = new Date(window.to);
  if (from.getTime() % DAY_MS !== 0 || to.getTime() % DAY_MS !== 0) {
    const first = sameYear(from, to) ? formatDayOfMonth(from) : formatDay(from);
    const sameDay = formatDay(from) === formatDay(to);
    if (sameDay) return `${formatDay(from)} ${formatClock(from)} to ${formatClock(to)} UTC`;
    return `${first} ${formatClock(from)} to ${formatDay(to)} ${formatClock(to)} UTC`;
  }
  const last = new Date(Math.max(from.getTime(), to.getTime() - DAY_MS));
  if (formatDay(from) === formatDay(last)) return formatDay(from);
  if (!sameYear(from, last)) return `${formatDay(from)} to ${formatDay(last)}`;
  const sameMonth = from.getUTCMonth() === last.getUTCMonth();
  return `${sameMonth ? from.getUTCDate() : formatDayOfMonth(from)} to ${formatDay(last)}`;
}

/** A length of time in its largest fitting unit: "40 s", "3 min", "5 h", "12 days". */
export function formatDuration(ms: number): string {
  const seconds = Math.round(Math.max(0, ms) / 1000);
  if (seconds < 60) return `${seconds}${NBSP}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours}${NBSP}h`;
  return `${whole.format(Math.round(hours / 24))}${NBSP}days`;
}

/** "just now", "3 min ago"; a time ahead of the clock is "in 3 min". */
export function formatAgo(time: string | number | Date, now: number): string {
  const since = now - new Date(time).getTime();
  if (Math.abs(since) < 5000) return "just now";
  return since > 0 ? `${formatDuration(since)} ago` : `in ${formatDuration(-since)}`;
}

/** 1, "feature" → "1 feature"; 2 → "2 features". */
export function plural(n: number, singular: string, many = `${singular}s`): string {
  return `${formatCount(n)} ${n === 1 ? singular : many}`;
}

/** ["a", "b", "c"] → "a, b and c"; longer than `most`: "a, b and 3 more". */
export function listWords(words: readonly string[], most = 3): string {
  if (words.length > most) return `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

const DAY_MS = 86_400_000;
const sameYear = (a: Date, b: Date) => a.getUTCFullYear() === b.getUTCFullYear();
const trimZeros = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
const trimExponential = (text: string) => text.replace(/\.?0+e/, "e").replace("e+", "e");
