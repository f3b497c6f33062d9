"use client";

import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";

type Query = { data: unknown; error: unknown; refetch: () => unknown };

/**
 * What stands around every report: its skeleton while it is on its way, what went wrong, and, pale, the report of
 * before while another window's is computed.
 */
export function ReportFrame<Report>({
  what,
  report,
  parts = [],
  skeleton,
  children,
}: {
  /** What to say where there is none: "The drift report could not be loaded". */
  what: string;
  report: Query & { data: Report | undefined; isPlaceholderData: boolean };
  /** What else the page has asked for; without it the report stands. */
  parts?: readonly Query[];
  skeleton: ReactNode;
  children: (report: Report) => ReactNode;
}) {
  const { data, error, refetch, isPlaceholderData } = report;
  if (data === undefined) {
    return error ? <ErrorState what={what} error={error} onRetry={refetch} /> : skeleton;
  }
  const failed = [report, ...parts].find((each) => each.error);
  return (
    <div aria-busy={isPlaceholderData} className={isPlaceholderData ? "opacity-60" : undefined}>
      {failed ? (
        <ErrorState
          className="mb-3"
          what="Part of this page could not be renewed"
          error={failed.error}
          onRetry={() => failed.refetch()}
          stale={failed.data !== undefined}
        />
      ) : null}
      {children(data)}
    </div>
  );
}
