import { useQuery } from "@tanstack/react-query";
import { axisWindow } from "@/components/report/axis-window";
import type { ReportView } from "@/components/report/view";
import type { VersionAddress } from "@/lib/models/address";
import { performanceQuery } from "@/lib/performance/query";
import { segmentsQuery } from "@/lib/predictions/query";

/** The window's own numbers, and the whole axis for its context; one question where both are the same. */
export function usePerformance(address: VersionAddress, view: ReportView) {
  const { from, to, segment, bucket } = view;
  const report = useQuery(performanceQuery(address, { from, to, bucket, segment }));
  const window = from && to ? { from, to } : (report.data?.window ?? null);
  const axis = axisWindow(bucket, window);
  const series = useQuery({
    ...performanceQuery(address, { from: axis?.from, to: axis?.to, bucket, segment }),
    enabled: bucket !== "hour" || window !== null,
  });
  const segments = useQuery(
    segmentsQuery(address, { from: report.data?.window.from, to: report.data?.window.to }),
  );
  return { report, series, segments };
}
