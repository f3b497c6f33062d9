import type { DataSpan } from "@/components/report/data-span";
import type { ReportView } from "@/components/report/view";
import { viewAxis } from "@/components/report/view-axis";
import type { PerformanceParams } from "@/lib/performance/query";
import type { PerformanceReport } from "@/lib/performance/schema";

/* What the performance page asks for, the same on the server and in the browser. */

export const performanceParams = ({ from, to, segment }: ReportView): PerformanceParams => ({
  from,
  to,
  bucket: "day",
  segment,
});

/** The whole axis for its context; the same question as the report's where both are the same. */
export function seriesParams(
  view: ReportView,
  report: PerformanceReport | null | undefined,
  span: DataSpan,
): { series: PerformanceParams; settled: boolean } {
  const { settled, ...axis } = viewAxis(view, report, span);
  return { settled, series: { ...axis, bucket: view.bucket, segment: view.segment } };
}
