"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { plural } from "@/lib/charts/format";
import type { ExperimentSort } from "@/lib/experiments/order";
import { experimentsQuery } from "@/lib/experiments/query";
import { ExperimentTable } from "./experiment-table";
import { FirstRun } from "./first-run";

export type ExperimentsView = { q: string; sort: ExperimentSort; order: "asc" | "desc" };

/** Every experiment: what it is called, how many runs it has, when it was last written to. */
export function ExperimentsPanel({
  view,
  onChange,
}: {
  view: ExperimentsView;
  onChange: (change: Partial<ExperimentsView>) => void;
}) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    experimentsQuery(view),
  );
  if (!data) {
    if (error)
      return <ErrorState what="The experiments could not be loaded" error={error} onRetry={refetch} />;
    return <ExperimentsSkeleton />;
  }
  const experiments = data.pages.flatMap((page) => page.experiments);
  const nothing = view.q === "" && experiments.every(({ runs }) => runs === 0);
  return (
    <>
      {error ? (
        <ErrorState
          what="The experiments could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      {nothing ? (
        <FirstRun />
      ) : (
        <search className="mb-3 flex flex-wrap items-center gap-2">
          <Input
            type="search"
            aria-label="Find an experiment by its name"
            placeholder="Find by name"
            value={view.q}
            onChange={(event) => onChange({ q: event.target.value })}
            className="w-full sm:w-64"
          />
          <output className="text-mute text-xs">
            {plural(experiments.length, "experiment")}
            {hasNextPage ? " so far" : ""}
          </output>
        </search>
      )}
      {experiments.length === 0 ? (
        <EmptyState title="No experiment has this in its name.">
          <Button className="w-fit" onClick={() => onChange({ q: "" })}>
            Show all
          </Button>
        </EmptyState>
      ) : (
        <ExperimentTable experiments={experiments} view={view} onChange={onChange} />
      )}
      {hasNextPage ? (
        <Button className="mt-3" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </>
  );
}

function ExperimentsSkeleton() {
  return (
    <div role="status" aria-label="Loading the experiments">
      <Skeleton className="mb-3 h-8 w-64 max-w-full" />
      <div className="rounded-lg border border-line bg-card px-3.5 py-3">
        {["a", "b", "c", "d"].map((row) => (
          <Skeleton key={row} className="my-2 h-7 w-full" />
        ))}
      </div>
    </div>
  );
}
