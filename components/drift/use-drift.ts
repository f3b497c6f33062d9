import { useQuery } from "@tanstack/react-query";
import { useDataSpan } from "@/components/report/use-data-span";
import type { DriftView } from "@/components/report/view";
import { driftQuery, driftTimelineQuery } from "@/lib/drift/query";
import type { VersionAddress } from "@/lib/models/address";
import { performanceQuery } from "@/lib/performance/query";
import { segmentsQuery } from "@/lib/predictions/query";
import { axisParams, driftParams, windowMetricParams } from "./questions";

/**
 * Everything the drift page asks for. The metric of the very window of the report can only be asked for once the
 * report has said which window that is, and an axis against the previous period once it has said which that was.
 */
export function useDrift(address: VersionAddress, view: DriftView) {
  const span = useDataSpan(address);
  // A segment is counted row by row: renewed on demand, not every ten seconds.
  const rest = view.segment ? ({ refetchInterval: false, staleTime: 60_000 } as const) : {};
  const report = useQuery({ ...driftQuery(address, driftParams(view)), ...rest });
  const axis = axisParams(view, report.data, span);
  const ready = span.known && axis.settled;
  const timeline = useQuery({
    ...driftTimelineQuery(address, axis.timeline),
    ...rest,
    enabled: ready && axis.timeline.reference !== null,
  });
  const series = useQuery({ ...performanceQuery(address, axis.series), ...rest, enabled: ready });
  const ofReport = report.data?.window;
  const performance = useQuery({
    ...performanceQuery(address, windowMetricParams(view, ofReport)),
    ...rest,
    enabled: ofReport !== undefined && ofReport.n > 0,
  });
  const segments = useQuery(segmentsQuery(address, { from: ofReport?.from, to: ofReport?.to }));
  return { report, timeline, series, performance, segments, data: span.data };
}
