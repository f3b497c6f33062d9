import type { Bucket, Window } from "@/lib/wire";
import { axisWindow } from "./axis-window";
import type { DataSpan } from "./data-span";

/** What the time axis of a page covers, and whether that is final: until its window is known it would be drawn twice. */
export function viewAxis(
  {
    from,
    to,
    bucket,
    segment,
  }: { from: string | null; to: string | null; bucket: Bucket; segment?: string | null },
  report: { window: Window } | null | undefined,
  { data, rows }: DataSpan,
): { from: string | undefined; to: string | undefined; settled: boolean } {
  const window = from && to ? { from, to } : (report?.window ?? null);
  const axis = axisWindow({ bucket, window, data, rowsRead: segment ? rows : undefined });
  return { from: axis?.from, to: axis?.to, settled: window !== null || bucket === "day" };
}
