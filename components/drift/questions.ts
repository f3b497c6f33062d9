import type { DataSpan } from "@/components/report/data-span";
import type { DriftView } from "@/components/report/view";
import { viewAxis } from "@/components/report/view-axis";
import type { DriftParams, DriftTimelineParams } from "@/lib/drift/query";
import type { DriftReport } from "@/lib/drift/schema";
import type { PerformanceParams } from "@/lib/performance/query";
import type { Window } from "@/lib/wire";

/* What the drift page asks for; server and browser must ask alike, or what one has answered the other asks again. */

export const driftParams = ({ from, to, segment, against, exact }: DriftView): DriftParams => ({
  from,
  to,
  segment,
  reference: against,
  exact,
});

/** The metric of the very window of the report, once the report has said which window that is. */
export const windowMetricParams = (
  { segment }: DriftView,
  window: Window | undefined,
): PerformanceParams => ({ from: window?.from, to: window?.to, bucket: "day", segment });

/** The axis and the metric along it; `settled` once both may be asked for. */
export function axisParams(
  view: DriftView,
  report: DriftReport | null | undefined,
  span: DataSpan,
): {
  /** reference null: not known before the report is. */
  timeline: DriftTimelineParams & { reference: string | null };
  series: PerformanceParams;
  settled: boolean;
} {
  const { settled, ...axis } = viewAxis(view, report, span);
  const series = { ...axis, bucket: view.bucket, segment: view.segment };
  return { settled, series, timeline: { ...series, reference: axisReference(view.against, report) } };
}

/**
 * What the axis is held against: the same rows as the report. "previous" of a long axis would be another period
 * than "previous" of the window, so the axis names the report's own by its ends.
 */
function axisReference(against: string, report: DriftReport | null | undefined): string | null {
  const window = report?.reference.kind === "previous" ? report.reference.window : null;
  if (window) return `${window.from}/${window.to}`;
  return against === "previous" ? null : against;
}
