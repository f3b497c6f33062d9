"use client";

import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useMediaQuery } from "@/components/ui/use-media-query";
import { type Direction, filterRows, type Sort, sortRows, versionRows } from "@/lib/models/order";
import { modelsQuery } from "@/lib/models/query";
import type { Stage } from "@/lib/models/schema";
import { FleetVerdict } from "./fleet-verdict";
import { ModelCards } from "./model-cards";
import { ModelTable } from "./model-table";
import { ModelsEmpty } from "./models-empty";
import { ModelsSkeleton } from "./models-skeleton";
import { ModelsToolbar } from "./models-toolbar";

export type ModelsViewState = { text: string; stage: Stage | null; sort: Sort; direction: Direction };

/** Every version of every model at a glance. */
export function ModelsPanel({
  view,
  onChange,
}: {
  view: ModelsViewState;
  onChange: (change: Partial<ModelsViewState>) => void;
}) {
  const { data, error, refetch } = useQuery(modelsQuery());
  const wide = useMediaQuery("(min-width: 1180px)");

  if (!data) {
    if (error) return <ErrorState what="The models could not be loaded" error={error} onRetry={refetch} />;
    return <ModelsSkeleton />;
  }
  if (data.models.length === 0) return <ModelsEmpty />;

  const all = versionRows(data.models);
  const rows = sortRows(filterRows(all, view.text, view.stage), view.sort, view.direction);
  return (
    <>
      {error ? (
        <ErrorState
          what="The models could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      <FleetVerdict rows={all} />
      <ModelsToolbar view={view} onChange={onChange} shown={rows.length} of={all.length} />
      {rows.length === 0 ? (
        <EmptyState title="No version fits this filter.">
          <Button className="w-fit" onClick={() => onChange({ text: "", stage: null })}>
            Show all {all.length}
          </Button>
        </EmptyState>
      ) : (
        <>
          {wide === false ? null : (
            <div className="max-[1179px]:hidden">
              <ModelTable rows={rows} view={view} onChange={onChange} />
            </div>
          )}
          {wide === true ? null : (
            <div className="min-[1180px]:hidden">
              <ModelCards rows={rows} />
            </div>
          )}
        </>
      )}
    </>
  );
}
