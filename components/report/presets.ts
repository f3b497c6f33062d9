import type { Window } from "@/lib/wire";
import { wireWindow } from "./view";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Preset = { name: string; note?: string; window: Window | null };

/** Windows in one click, counted back from the end of the data: a model that rests is still readable. */
export function preparePresets(latestName: string, data: { from: number; to: number } | null): Preset[] {
  const latest: Preset = { name: latestName, note: "follows new data", window: null };
  if (!data) return [latest];
  const last = (ms: number) => wireWindow({ from: Math.max(data.to - ms, data.from), to: data.to });
  return [
    latest,
    { name: "Last 24 hours of data", window: last(DAY) },
    { name: "Last 7 days of data", note: "stays where it is", window: last(7 * DAY) },
    { name: "Last 30 days of data", window: last(30 * DAY) },
    { name: "All data", window: wireWindow(data) },
  ];
}
