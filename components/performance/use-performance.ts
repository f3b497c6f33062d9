import { useQuery } from "@tanstack/react-query";
import { axisWindow } from "@/components/report/axis-window";
import { useDataSpan } from "@/components/report/use-data-span";
import type { ReportView } from "@/components/report/view";
import type { VersionAddress } from "@/lib/models/address";
import { performanceQuery } from "@/lib/performance/query";
import { segmentsQuery } from "@/lib/predictions/query";

/** The window's own numbers, and the whole axis for its context; one question where both are the same. */
export function usePerformance(address: VersionAddress, view: ReportView) {
  const { from, to, segment, bucket } = view;
  const { known, data, rows } = useDataSpan(address);
  // A segment is counted row by row: renewed on demand, not every ten seconds.
  const rest = segment ? ({ refetchInterval: false, staleTime: 60_000 } as const) : {};
  const report = useQuery({ ...performanceQuery(address, { from, to, bucket: "day", segment }), ...rest });
  const window = from && to ? { from, to } : (report.data?.window ?? null);
  const axis = axisWindow({ bucket, window, data, rowsRead: segment ? rows : undefined });
  const series = useQuery({
    ...performanceQuery(address, { from: axis?.from, to: axis?.to, bucket, segment }),
    ...rest,
    enabled: known && (window !== null || bucket === "day"),
  });
  const segments = useQuery(
    segmentsQuery(address, { from: report.data?.window.from, to: report.data?.window.to }),
  );
  return { report, series, segments, data };
}
