import { useQuery } from "@tanstack/react-query";
import { axisWindow } from "@/components/report/axis-window";
import { useDataSpan } from "@/components/report/use-data-span";
import type { VersionAddress } from "@/lib/models/address";
import { qualityQuery } from "@/lib/quality/query";
import type { QualityView } from "./view";

/** The window's own state, and the whole axis around it; one question where both are the same. */
export function useQuality(address: VersionAddress, { from, to, bucket }: QualityView) {
  const { known, data } = useDataSpan(address);
  const report = useQuery(qualityQuery(address, { from, to, bucket: "day" }));
  const window = from && to ? { from, to } : (report.data?.window ?? null);
  const axis = axisWindow({ bucket, window, data });
  const series = useQuery({
    ...qualityQuery(address, { from: axis?.from, to: axis?.to, bucket }),
    enabled: known && (window !== null || bucket === "day"),
  });
  return { report, series, data };
}
