import type { VersionSummary } from "./schema";

export type Day = VersionSummary["sparkline"][number];

const DAY_MS = 86_400_000;
/** Longer spans stay without their empty days: a bar must remain visible. */
const LONGEST_DAYS = 200;

/** The days of a sparkline on one unbroken axis; null = a day without a row. */
export function fillDays(
  sparkline: readonly Day[],
): { days: (Day | null)[]; from: string; to: string } | null {
  const first = sparkline[0];
  const last = sparkline.at(-1);
  if (!first || !last) return null;
  const start = Date.parse(first.start);
  const length = Math.round((Date.parse(last.start) - start) / DAY_MS) + 1;
  const range = { from: first.start, to: last.start };
  if (length > LONGEST_DAYS) return { days: [...sparkline], ...range };
  const days: (Day | null)[] = new Array(length).fill(null);
  for (const day of sparkline) days[Math.round((Date.parse(day.start) - start) / DAY_MS)] = day;
  return { days, ...range };
}
