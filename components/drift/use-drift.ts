import { useQuery } from "@tanstack/react-query";
import { axisWindow } from "@/components/report/axis-window";
import { useDataSpan } from "@/components/report/use-data-span";
import type { DriftView } from "@/components/report/view";
import { driftQuery, driftTimelineQuery } from "@/lib/drift/query";
import type { DriftReport } from "@/lib/drift/schema";
import type { VersionAddress } from "@/lib/models/address";
import { performanceQuery } from "@/lib/performance/query";
import { segmentsQuery } from "@/lib/predictions/query";

/**
 * Everything the drift page asks for. The metric of the very window of the report can only be asked for once the
 * report has said which window that is, and an axis against the previous period once it has said which that was.
 */
export function useDrift(address: VersionAddress, view: DriftView) {
  const { from, to, segment, bucket, against } = view;
  const { known, data, rows } = useDataSpan(address);
  // A segment is counted row by row: renewed on demand, not every ten seconds.
  const rest = segment ? ({ refetchInterval: false, staleTime: 60_000 } as const) : {};
  const report = useQuery({
    ...driftQuery(address, { from, to, segment, reference: against, exact: view.exact }),
    ...rest,
  });
  const window = from && to ? { from, to } : (report.data?.window ?? null);
  const axis = axisWindow({ bucket, window, data, rowsRead: segment ? rows : undefined });
  const shared = { from: axis?.from, to: axis?.to, bucket, segment };
  const reference = axisReference(against, report.data);
  // Until its own window is known the axis would be drawn twice.
  const ready = known && (window !== null || bucket === "day");
  const timeline = useQuery({
    ...driftTimelineQuery(address, { ...shared, reference }),
    ...rest,
    enabled: ready && reference !== null,
  });
  const series = useQuery({ ...performanceQuery(address, shared), ...rest, enabled: ready });
  const ofReport = report.data?.window;
  const performance = useQuery({
    ...performanceQuery(address, { from: ofReport?.from, to: ofReport?.to, bucket: "day", segment }),
    ...rest,
    enabled: ofReport !== undefined && ofReport.n > 0,
  });
  const segments = useQuery(segmentsQuery(address, { from: ofReport?.from, to: ofReport?.to }));
  return { report, timeline, series, performance, segments, data };
}

/**
 * What the axis is held against: the same rows as the report. "previous" of a long axis would be another period
 * than "previous" of the window, so the axis names the report's own by its ends.
 */
export function axisReference(against: string, report: DriftReport | undefined): string | null {
  const window = report?.reference.kind === "previous" ? report.reference.window : null;
  if (window) return `${window.from}/${window.to}`;
  return against === "previous" ? null : against;
}
