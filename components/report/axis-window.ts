import type { Bucket, Window } from "@/lib/wire";
import { wireWindow } from "./view";

const DAY = 86_400_000;
/** Hours are shown around the window: a month of them is as many as can be read. */
const HOURS_SHOWN = 31 * DAY;

/**
 * What the time axis covers. Days and weeks: all the server gives (null). Hours: the window in the middle of
 * up to 31 days. Stepped to whole weeks, so that moving the window a little asks for nothing new.
 */
export function axisWindow(bucket: Bucket, window: Window | null): Window | null {
  if (bucket !== "hour" || !window) return null;
  const from = Date.parse(window.from);
  const to = Date.parse(window.to);
  const room = Math.max(0, HOURS_SHOWN - (to - from)) / 2;
  const start = Math.floor((from - room) / (7 * DAY)) * 7 * DAY;
  return wireWindow({ from: start, to: Math.max(start + HOURS_SHOWN, to) });
}
