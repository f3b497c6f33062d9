import type { DataSpan } from "@/components/report/data-span";
import { viewAxis } from "@/components/report/view-axis";
import type { QualityParams } from "@/lib/quality/query";
import type { QualityReport } from "@/lib/quality/schema";
import type { QualityView } from "./view";

/* What the data quality page asks for, the same on the server and in the browser. */

export const qualityParams = ({ from, to }: QualityView): QualityParams => ({ from, to, bucket: "day" });

/** The whole axis around the window; the same question as the report's where both are the same. */
export function trafficParams(
  view: QualityView,
  report: QualityReport | null | undefined,
  span: DataSpan,
): { series: QualityParams; settled: boolean } {
  const { settled, ...axis } = viewAxis(view, report, span);
  return { settled, series: { ...axis, bucket: view.bucket } };
}
