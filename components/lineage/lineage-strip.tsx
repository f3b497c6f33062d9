"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { lineageQuery } from "@/lib/lineage/query";
import type { VersionAddress } from "@/lib/models/address";
import { lineageSteps } from "./lineage-steps";
import { LineageStop } from "./lineage-stop";

/** The road of a version: data, run, version, predictions, drift; each stop a link. */
export function LineageStrip(address: VersionAddress) {
  const { data, error, refetch } = useQuery(lineageQuery(address));
  if (!data) {
    if (!error) return <Skeleton className="mb-3.5 h-21 rounded-lg" />;
    return (
      <ErrorState
        what="Where the version came from could not be loaded"
        error={error}
        onRetry={refetch}
        className="mb-3.5"
      />
    );
  }
  return (
    <nav aria-label="From data to drift" className="mb-3.5">
      <ol className="grid gap-y-2 rounded-lg border border-line bg-card px-3.5 py-2.5 lg:auto-cols-fr lg:grid-flow-col">
        {lineageSteps(data).map((step) => (
          <LineageStop key={step.name} step={step} />
        ))}
      </ol>
    </nav>
  );
}
