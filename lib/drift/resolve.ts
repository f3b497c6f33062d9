import { readBaseline } from "@/lib/baselines/store";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { VersionRecord } from "@/lib/models/store";
import type { DataSpan } from "@/lib/summaries/store";
import { DAY_MS } from "@/lib/summaries/summarise";
import { parseSpan, type Span } from "@/lib/summaries/window";
import type { ReferenceKind } from "./schema";

/** What the current window is held against. */
export type Reference =
  | { kind: "baseline"; span: null; rows: number; label: string }
  | { kind: "previous" | "window"; span: Span; rows: null; label: string };

type Asked = { from?: string | null | undefined; to?: string | null | undefined };

/**
 * The window of a drift report: as asked for, else the last `days` whole days (UTC) with data, so that weekdays are
 * represented alike.
 */
export function driftWindow(
  { from, to }: Asked,
  { data, days, nowMs }: { data: DataSpan | null; days: number; nowMs: number },
): Span {
  if (from && to) return parseSpan({ from, to });
  const length = days * DAY_MS;
  if (from) {
    const start = Date.parse(from);
    const end = Math.max(nextDay(data?.toMs ?? nowMs), nextDay(Number.isNaN(start) ? 0 : start + 1));
    return parseSpan({ from, to: new Date(end).toISOString() });
  }
  if (to) {
    const end = Date.parse(to);
    return parseSpan({ from: new Date(Number.isNaN(end) ? 0 : end - length).toISOString(), to });
  }
  const toMs = nextDay(data?.toMs ?? nowMs);
  return { fromMs: toMs - length, toMs };
}

const nextDay = (ms: number) => Math.ceil(ms / DAY_MS) * DAY_MS;

/**
 * Resolves `reference`: "baseline" (also when left out; without a baseline, the period before), "previous" (the
 * window of the same length before), or "{from}/{to}".
 */
export async function resolveReference(
  db: Database,
  record: VersionRecord,
  reference: string | null | undefined,
  span: Span,
): Promise<Reference> {
  const asked = reference || "baseline";
  if (asked === "baseline") {
    const baseline = await readBaseline(db, record);
    if (baseline) {
      const from = baseline.window
        ? `, ${showDay(baseline.window.fromMs)} to ${showDay(baseline.window.toMs)}`
        : baseline.fileName
          ? `, ${baseline.fileName}`
          : "";
      const label = `baseline (${baseline.rows.toLocaleString("en-US")} rows${from})`;
      return { kind: "baseline", span: null, rows: baseline.rows, label };
    }
  }
  if (asked === "baseline" || asked === "previous") {
    const length = span.toMs - span.fromMs;
    const before = { fromMs: span.fromMs - length, toMs: span.fromMs };
    return {
      kind: "previous",
      span: before,
      rows: null,
      label: `period before (${showLength(length)})`,
    };
  }
  const parts = asked.split("/");
  if (parts.length !== 2) {
    throw new TidemarkError(
      "bad_request",
      `reference="${asked.slice(0, 80)}": write baseline, previous, or {from}/{to} with two RFC 3339 times`,
    );
  }
  const window = parseSpan({ from: parts[0]!, to: parts[1]! });
  return {
    kind: "window",
    span: window,
    rows: null,
    label: `${showDay(window.fromMs)} to ${showDay(window.toMs)}`,
  };
}

/** What a reason calls the reference. */
export const REFERENCE_WORDS: Record<ReferenceKind, string> = {
  baseline: "the baseline",
  previous: "the period before",
  window: "the reference window",
};

function showDay(ms: number): string {
  const text = new Date(ms).toISOString();
  return ms % DAY_MS === 0 ? text.slice(0, 10) : `${text.slice(0, 16)}Z`;
}

function showLength(ms: number): string {
  if (ms % DAY_MS === 0) return `${ms / DAY_MS} ${ms === DAY_MS ? "day" : "days"}`;
  return `${Math.round((ms / DAY_MS) * 24 * 10) / 10} hours`;
}
