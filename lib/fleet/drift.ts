import type { Database } from "@/lib/db/client";
import { reportDrift } from "@/lib/drift/report";
import type { Health } from "@/lib/models/schema";
import type { VersionRecord } from "@/lib/models/store";
import { type Span, showSpan } from "@/lib/summaries/window";

export type RecentDrift = {
  findings: Pick<Health, "tested_features" | "drifted_features" | "drift_detected" | "reason">;
  /** Drifted features among those tested; null where none was. */
  share: number | null;
};

/** Which features have left the baseline over a window, the one that moved furthest first. */
export async function reportRecentDrift(
  db: Database,
  record: VersionRecord,
  window: Span,
): Promise<RecentDrift> {
  // Against the week before, in place of a baseline, every Monday's bulk load would be drift.
  if (record.baselineId === 0) return untested("there is no baseline to compare with: set one in Settings");
  const report = await reportDrift(db, {
    model: record.model,
    version: record.version,
    reference: "baseline",
    ...showSpan(window),
  });
  if (report.drift_detected === null) return untested(report.reason ?? "no feature can be compared");
  return {
    findings: {
      tested_features: report.tested,
      drifted_features: report.features
        .filter((feature) => feature.drift_detected)
        .sort((a, b) => (b.effect ?? 0) - (a.effect ?? 0))
        .map((feature) => feature.name),
      drift_detected: report.drift_detected,
      reason: null,
    },
    share: report.drifted_share,
  };
}

function untested(reason: string): RecentDrift {
  return {
    findings: { tested_features: 0, drifted_features: [], drift_detected: null, reason },
    share: null,
  };
}
