import { useQuery } from "@tanstack/react-query";
import { useDataSpan } from "@/components/report/use-data-span";
import type { ReportView } from "@/components/report/view";
import type { VersionAddress } from "@/lib/models/address";
import { performanceQuery } from "@/lib/performance/query";
import { segmentsQuery } from "@/lib/predictions/query";
import { performanceParams, seriesParams } from "./questions";

/** The window's own numbers, and the whole axis for its context. */
export function usePerformance(address: VersionAddress, view: ReportView) {
  const span = useDataSpan(address);
  // A segment is counted row by row: renewed on demand, not every ten seconds.
  const rest = view.segment ? ({ refetchInterval: false, staleTime: 60_000 } as const) : {};
  const report = useQuery({ ...performanceQuery(address, performanceParams(view)), ...rest });
  const axis = seriesParams(view, report.data, span);
  const series = useQuery({
    ...performanceQuery(address, axis.series),
    ...rest,
    enabled: span.known && axis.settled,
  });
  const segments = useQuery(
    segmentsQuery(address, { from: report.data?.window.from, to: report.data?.window.to }),
  );
  return { report, series, segments, data: span.data };
}
