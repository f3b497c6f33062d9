"use client";

import { useQuery } from "@tanstack/react-query";
import { ForRole } from "@/components/people/for-role";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { VersionAddress } from "@/lib/models/address";
import { schemaQuery } from "@/lib/models/query";
import { BaselineCard } from "./baseline-card";
import { FeaturesCard } from "./features-card";
import { PolicyCard } from "./policy-card";
import { TargetCard } from "./target-card";
import { ThresholdsCard } from "./thresholds-card";

/** What a person may correct of a version: its features, what counts as drift, its baseline. */
export function SettingsPanel(address: VersionAddress) {
  const { data, error, refetch } = useQuery(schemaQuery(address));
  if (!data) {
    if (error) return <ErrorState what="The settings could not be loaded" error={error} onRetry={refetch} />;
    return (
      <div role="status" aria-label="Loading the settings" className="flex flex-col gap-3.5">
        <Skeleton className="h-72 w-full rounded-lg" />
        <Skeleton className="h-40 w-full rounded-lg" />
        <Skeleton className="h-48 w-full rounded-lg" />
      </div>
    );
  }
  return (
    <ForRole least="analyst" model={address.model} className="flex flex-col gap-3.5">
      <div className="flex flex-col gap-3.5">
        <h2 className="sr-only">Settings</h2>
        <FeaturesCard address={address} schema={data} />
        <div className="grid items-start gap-3.5 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
          <div className="flex min-w-0 flex-col gap-3.5">
            <ThresholdsCard address={address} schema={data} />
            <TargetCard address={address} schema={data} />
          </div>
          <div className="flex min-w-0 flex-col gap-3.5">
            <BaselineCard address={address} schema={data} />
            <PolicyCard model={address.model} />
          </div>
        </div>
      </div>
    </ForRole>
  );
}
