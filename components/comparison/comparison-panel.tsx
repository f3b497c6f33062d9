"use client";

import { useQuery } from "@tanstack/react-query";
import { ReportSkeleton } from "@/components/report/report-skeleton";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { listWords, plural } from "@/lib/charts/format";
import { comparisonQuery } from "@/lib/comparison/query";
import type { VersionAddress } from "@/lib/models/address";
import { versionsQuery } from "@/lib/registry/query";
import { comparedVersions } from "./compared-versions";
import { ComparisonTable } from "./comparison-table";

export type CompareView = { with: string[]; differences: boolean };

/** Versions of a model side by side. */
export function ComparisonPanel({
  address,
  view,
  onChange,
}: {
  address: VersionAddress;
  view: CompareView;
  onChange: (view: Partial<CompareView>) => void;
}) {
  const list = useQuery(versionsQuery(address.model));
  const versions = comparedVersions(address.version, view.with, list.data?.versions ?? []);
  const { data, error, refetch } = useQuery({
    ...comparisonQuery(address.model, versions),
    enabled: list.data !== undefined,
  });
  const failure = list.error ?? error;
  if (!list.data || !data) {
    if (!failure) return <ReportSkeleton label="Loading the comparison" cards={["h-96"]} />;
    return <ErrorState what="The versions could not be compared" error={failure} onRetry={refetch} />;
  }
  const others = list.data.versions.filter(({ version }) => version !== address.version);
  if (others.length === 0) {
    return (
      <EmptyState title={`${address.model} has one version, so there is nothing to compare it with.`}>
        <p className="text-mute">
          The next one comes with mlflow.register_model, or with predictions that name another version.
        </p>
      </EmptyState>
    );
  }
  const differing = data.sections.flatMap(({ rows }) => rows).filter(({ differs }) => differs).length;
  const choose = (version: string, wanted: boolean) =>
    onChange({
      with: wanted ? [...versions.slice(1), version] : versions.slice(1).filter((each) => each !== version),
    });
  return (
    <>
      <p className="verdict mb-2">
        {`Versions ${listWords(versions, 8)}: ${differing === 0 ? "nothing differs" : `${plural(differing, "row differs", "rows differ")}`}.`}
      </p>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <fieldset className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <legend className="float-left mr-3 text-mute">beside version {address.version}</legend>
          {others.slice(0, 20).map(({ version }) => (
            <label key={version} className="flex items-center gap-1.5">
              <input
                type="checkbox"
                checked={versions.includes(version)}
                // The last one stays: a version alone is no comparison.
                disabled={versions.length === 2 && versions.includes(version)}
                onChange={(event) => choose(version, event.target.checked)}
              />
              {version}
            </label>
          ))}
        </fieldset>
        <label className="flex items-center gap-1.5 font-medium sm:ml-auto">
          <input
            type="checkbox"
            checked={view.differences}
            onChange={(event) => onChange({ differences: event.target.checked })}
          />
          Only differences
        </label>
      </div>
      {error ? (
        <ErrorState
          what="The comparison could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      <ComparisonTable comparison={data} onlyDifferences={view.differences} />
    </>
  );
}
