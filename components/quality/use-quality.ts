import { useQuery } from "@tanstack/react-query";
import { useDataSpan } from "@/components/report/use-data-span";
import type { VersionAddress } from "@/lib/models/address";
import { qualityQuery } from "@/lib/quality/query";
import { qualityParams, trafficParams } from "./questions";
import type { QualityView } from "./view";

/** The window's own state, and the whole axis around it. */
export function useQuality(address: VersionAddress, view: QualityView) {
  const span = useDataSpan(address);
  const report = useQuery(qualityQuery(address, qualityParams(view)));
  const axis = trafficParams(view, report.data, span);
  const series = useQuery({
    ...qualityQuery(address, axis.series),
    enabled: span.known && axis.settled,
  });
  return { report, series, data: span.data };
}
