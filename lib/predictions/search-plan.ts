import type { Database } from "@/lib/db/client";
import { hoursOf } from "@/lib/summaries/raw";
import type { Place } from "@/lib/summaries/store";
import type { Span } from "@/lib/summaries/window";
import type { Position } from "./browse-store";

/** Rows that one statement may have to look at. */
const STRETCH_ROWS = 200_000;

/**
 * The stretches of time to look through, in order. Without conditions the index gives a page straight away; with them
 * a statement might pass over everything, so the window is cut by what the hours hold.
 */
export async function planSearch(
  db: Database,
  at: Place,
  {
    span,
    after,
    order,
    selective,
  }: { span: Span; after: Position | null; order: "desc" | "asc"; selective: boolean },
): Promise<Span[]> {
  const left = after
    ? order === "desc"
      ? { fromMs: span.fromMs, toMs: Math.min(span.toMs, after.tsMs + 1) }
      : { fromMs: Math.max(span.fromMs, after.tsMs), toMs: span.toMs }
    : span;
  if (left.fromMs >= left.toMs) return [];
  if (!selective) return [left];
  const stretches: Span[] = [];
  let rows = 0;
  let fromMs = left.fromMs;
  for (const hour of await hoursOf(db, at, left)) {
    if (rows > 0 && rows + hour.n > STRETCH_ROWS && hour.startMs > fromMs) {
      stretches.push({ fromMs, toMs: hour.startMs });
      fromMs = hour.startMs;
      rows = 0;
    }
    rows += hour.n;
  }
  stretches.push({ fromMs, toMs: left.toMs });
  return order === "desc" ? stretches.reverse() : stretches;
}
