"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { modelHref, type VersionAddress } from "@/lib/models/address";
import { modelQuery } from "@/lib/models/query";
import { ActivityCard } from "./activity-card";
import { DailyCard } from "./daily-card";
import { DriftedCard } from "./drifted-card";
import { KeyNumbers } from "./key-numbers";
import { NextSteps } from "./next-steps";
import { VersionVerdict } from "./version-verdict";

/** "Is it still all right?", answered first; then what the answer rests on, and what to do next. */
export function Overview(address: VersionAddress) {
  const { data: model, error, refetch } = useQuery(modelQuery(address.model));

  if (!model) {
    if (!error) return <ReportSkeleton label="Loading the overview" cards={["h-23"]} pair="h-58" />;
    return <ErrorState what={`${address.model} could not be opened`} error={error} onRetry={refetch} />;
  }
  const summary = model.versions.find(({ version }) => version === address.version);
  if (!summary) {
    return (
      <EmptyState title={`${address.model} has no version ${address.version}.`}>
        <p>
          It has {model.versions.map(({ version }) => version).join(", ") || "none yet"}.{" "}
          <Link href={modelHref(address.model)} className="link">
            Open the one in use
          </Link>
        </p>
      </EmptyState>
    );
  }
  const logged = summary.health !== null && summary.health.n > 0;
  return (
    <>
      {error ? (
        <ErrorState
          what="The overview could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      <VersionVerdict address={address} summary={summary} />
      <NextSteps address={address} summary={summary} />
      {logged ? (
        <>
          <KeyNumbers summary={summary} />
          <div
            className={cn("grid gap-3.5", summary.baseline && "xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]")}
          >
            <DailyCard summary={summary} />
            <DriftedCard address={address} summary={summary} />
          </div>
        </>
      ) : null}
      <ActivityCard address={address} summary={summary} />
    </>
  );
}
