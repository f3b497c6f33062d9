import type { Database } from "@/lib/db/client";
import { type Place, readDataSpan } from "./store";
import { DAY_MS } from "./summarise";
import { parseSpan, type Span } from "./window";

/**
 * The window a report is about: as asked for; what is left out ends with the newest day (UTC) with data and reaches
 * `days` back, though not before the first day with data.
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
  const newest = nextDay(data?.toMs ?? nowMs);
  if (from) {
    // A start behind the newest data asks for an empty window, which is a fair question.
    const start = Date.parse(from);
    const end = Number.isNaN(start) ? newest : Math.max(newest, nextDay(start + 1));
    return parseSpan({ from, to: new Date(end).toISOString() });
  }
  const end = to ? Date.parse(to) : newest;
  if (Number.isNaN(end)) return parseSpan({ from: new Date(0).toISOString(), to: to! });
  const first = data ? Math.floor(data.fromMs / DAY_MS) * DAY_MS : Number.NEGATIVE_INFINITY;
  const start = Math.max(end - days * DAY_MS, first);
  return { fromMs: start < end ? start : end - days * DAY_MS, toMs: end };
}

const nextDay = (ms: number) => Math.ceil(ms / DAY_MS) * DAY_MS;
