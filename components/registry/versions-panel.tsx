"use client";

import { useQuery } from "@tanstack/react-query";
import { ForRole } from "@/components/people/for-role";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { ErrorState } from "@/components/ui/error-state";
import type { VersionAddress } from "@/lib/models/address";
import { modelQuery } from "@/lib/models/query";
import { versionsQuery } from "@/lib/registry/query";
import { HistoryCard } from "./history-card";
import { ModelWords } from "./model-words";
import { registryVerdict } from "./registry-verdict";
import { RollBackDialog } from "./roll-back-dialog";
import { VersionItems } from "./version-items";

/** Every version of the model: where it stands, whose it is, where it came from, how it is doing; and its history. */
export function VersionsPanel({ model, version }: VersionAddress) {
  const { data, error, refetch } = useQuery(versionsQuery(model));
  const { data: summary } = useQuery(modelQuery(model));
  if (!data) {
    if (!error) return <ReportSkeleton label="Loading the versions" cards={["h-32", "h-31", "h-58"]} />;
    return <ErrorState what="The versions could not be loaded" error={error} onRetry={refetch} />;
  }
  return (
    <>
      {error ? (
        <ErrorState
          what="The versions could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 max-w-3xl">
          <p className="verdict">{registryVerdict(data.versions)}</p>
          <ModelWords model={model} list={data} />
        </div>
        <span className="ml-auto max-sm:ml-0">
          <ForRole least="reviewer" model={model}>
            <RollBackDialog model={model} versions={data.versions} to={data.rollback_to} />
          </ForRole>
        </span>
      </div>
      <VersionItems
        model={model}
        current={version}
        versions={data.versions}
        summaries={summary?.versions ?? null}
      />
      <HistoryCard model={model} />
    </>
  );
}
