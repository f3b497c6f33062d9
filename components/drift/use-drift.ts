import { useQuery } from "@tanstack/react-query";
import { axisWindow } from "@/components/report/axis-window";
import type { DriftView } from "@/components/report/view";
import { driftQuery, driftTimelineQuery } from "@/lib/drift/query";
import type { VersionAddress } from "@/lib/models/address";
import { performanceQuery } from "@/lib/performance/query";
import { segmentsQuery } from "@/lib/predictions/query";

/**
 * Everything the drift page asks for. The report and the axis start together; the metric of the very window
 * of the report can only be asked for once the report has said which window that is.
 */
export function useDrift(address: VersionAddress, view: DriftView) {
  const { from, to, segment, bucket } = view;
  const report = useQuery(
    driftQuery(address, { from, to, segment, reference: view.against, exact: view.exact }),
  );
  const window = from && to ? { from, to } : (report.data?.window ?? null);
  const axis = axisWindow(bucket, window);
  const shared = { from: axis?.from, to: axis?.to, bucket, segment };
  const waits = bucket === "hour" && window === null;
  const timeline = useQuery({
    ...driftTimelineQuery(address, { ...shared, reference: view.against }),
    enabled: !waits,
  });
  const series = useQuery({ ...performanceQuery(address, shared), enabled: !waits });
  const ofReport = report.data?.window;
  const performance = useQuery({
    ...performanceQuery(address, { from: ofReport?.from, to: ofReport?.to, bucket, segment }),
    enabled: ofReport !== undefined && ofReport.n > 0,
  });
  const segments = useQuery(segmentsQuery(address, { from: ofReport?.from, to: ofReport?.to }));
  return { report, timeline, series, performance, segments };
}
