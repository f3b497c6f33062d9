"use client";

import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { PerformancePanel } from "@/components/performance/performance-panel";
import type { ReportView } from "@/components/report/view";
import type { VersionAddress } from "@/lib/models/address";
import { performanceSearchParams } from "./search-params";

/** Keeps what the performance page looks at in the URL. */
export function PerformanceView({ address }: { address: VersionAddress }) {
  const [view, setView] = useQueryStates(performanceSearchParams, { history: "push" });
  const change = useCallback(
    (next: Partial<ReportView>) => {
      void setView(next);
    },
    [setView],
  );
  return <PerformancePanel address={address} view={view} onChange={change} />;
}
