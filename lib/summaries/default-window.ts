import type { Database } from "@/lib/db/client";
import { type Place, readDataSpan } from "./store";
import { DAY_MS, HOUR_MS } from "./summarise";
import { parseSpan, type Span } from "./window";

/**
 * The window a report is about: as asked for; what is left out ends with the version's newest hour with data and
 * reaches `days` back, though not before its first hour.
 * @throws TidemarkError `bad_request` on a time that is none, or a window that ends before it begins
 */
export async function resolveWindow(
  db: Database,
  at: Place,
  { from, to }: { from?: string | null | undefined; to?: string | null | undefined },
  { days, nowMs }: { days: number; nowMs: number },
): Promise<Span> {
  if (from && to) return parseSpan({ from, to });
  const data = await readDataSpan(db, at);
  const newest = data?.toMs ?? Math.ceil(nowMs / HOUR_MS) * HOUR_MS;
  const toMs = to ? Date.parse(to) : newest;
  const first = Math.max(toMs - days * DAY_MS, data?.fromMs ?? Number.NEGATIVE_INFINITY);
  const fromMs = from ? Date.parse(from) : first < toMs ? first : toMs - days * DAY_MS;
  const show = (ms: number, asked: string | null | undefined) =>
    asked ?? (Number.isNaN(ms) ? "" : new Date(ms).toISOString());
  // A start behind the newest data asks for an empty window, which is a fair question.
  if (from && !to && fromMs >= toMs) return parseSpan({ from, to: new Date(fromMs + HOUR_MS).toISOString() });
  return parseSpan({ from: show(fromMs, from), to: show(toMs, to) });
}
