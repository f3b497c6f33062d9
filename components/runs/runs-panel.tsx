"use client";

import { ArrowUp, GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useState } from "react";
import { FirstRun } from "@/components/experiments/first-run";
import { Button } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { SavedViews } from "@/components/views/saved-views";
import { plural } from "@/lib/charts/format";
import {
  compareHref,
  compareSearchHref,
  MOST_COMPARED,
  MOST_SEARCHED,
  runsViewHref,
} from "@/lib/experiments/address";
import type { ColumnNames } from "@/lib/experiments/schema";
import { ApiError } from "@/lib/http/request";
import { differingColumns } from "./rows";
import { RunsTable } from "./runs-table";
import { RunsToolbar } from "./runs-toolbar";
import { useRuns } from "./use-runs";
import { useSelection } from "./use-selection";
import { isNested, type RunsView } from "./view";

/** The runs of an experiment: searched, sorted, grouped, picked for comparison. */
export function RunsPanel({
  experiment,
  view,
  query,
  onChange,
}: {
  experiment: string;
  view: RunsView;
  /** The same as the address says it. */
  query: string;
  onChange: (change: Partial<RunsView>) => void;
}) {
  const runs = useRuns(experiment, view);
  const { chosen, toggle, clear } = useSelection();
  const { summary, names, main, pages, rows } = runs;
  const columns = view.diff ? differingColumns(runs.columns, rows) : runs.columns;
  const refused = main.error instanceof ApiError && main.error.status === 400 && view.q !== "";
  const error = summary.error ?? (refused ? null : main.error);
  const empty = summary.data?.runs === 0 && view.q === "" && view.view === "active";

  return (
    <>
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Crumbs above={[{ href: "/experiments", title: "Experiments" }]}>
          {summary.data?.name ?? experiment}
        </Crumbs>
        {summary.data ? (
          <span className="text-mute">
            {plural(summary.data.runs, "run")}
            {summary.data.running > 0 ? `, ${summary.data.running} running` : ""}
          </span>
        ) : null}
      </header>
      {error ? (
        <ErrorState
          what="The runs could not be loaded"
          error={error}
          onRetry={() => (summary.error ? summary.refetch() : main.refetch())}
          stale={rows.length > 0}
          className="mb-3"
        />
      ) : null}
      {empty ? (
        <FirstRun experiment={summary.data?.name ?? experiment} />
      ) : (
        <>
          <RunsToolbar
            experiment={experiment}
            view={view}
            names={names.data}
            columns={runs.columns}
            error={main.error}
            onChange={onChange}
          >
            <SavedViews
              experiment={experiment}
              page="runs"
              query={query}
              saved={view.saved}
              onSaved={(saved) => onChange({ saved })}
              hrefOf={(saved, id) => runsViewHref(experiment, saved, id)}
            />
          </RunsToolbar>
          <div className="mb-2 flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1.5 text-mute text-xs">
            <p role="status">
              {main.data
                ? `${plural(runs.total, "run")}${isNested(view) && view.group === null ? " without a parent" : ""}`
                : ""}
              {view.q ? " found" : ""}
              {runs.truncatedGroups ? ", the largest 500 groups" : ""}
            </p>
            <NewRuns runs={runs} />
            <Toggle on={view.diff} onChange={(diff) => onChange({ diff })}>
              only differences
            </Toggle>
            {view.group === null && view.q === "" && view.view === "active" ? (
              <Toggle on={view.nest} onChange={(nest) => onChange({ nest })}>
                children under parents
              </Toggle>
            ) : null}
            <Toggle
              on={view.view === "deleted"}
              onChange={(on) => onChange({ view: on ? "deleted" : "active" })}
            >
              deleted ones
            </Toggle>
            <Selection
              chosen={chosen}
              clear={clear}
              all={
                runs.total > 1 && view.view === "active" ? (
                  <All experiment={experiment} view={view} names={names.data} total={runs.total} />
                ) : null
              }
            />
          </div>
          {!main.data && !main.error ? <TableSkeleton /> : null}
          {main.data && rows.length === 0 ? (
            <EmptyState title={view.view === "deleted" ? "No run is deleted." : "No run meets this search."}>
              <Button className="w-fit" onClick={() => onChange({ q: "", view: "active", group: null })}>
                Show all runs
              </Button>
            </EmptyState>
          ) : null}
          {main.data && rows.length > 0 ? (
            <div
              aria-busy={main.isPlaceholderData}
              className={main.isPlaceholderData || refused ? "opacity-60" : undefined}
            >
              <RunsTable
                rows={rows}
                columns={columns}
                sort={view.sort}
                order={view.order}
                onSort={(sort) =>
                  onChange({ sort, order: view.sort === sort && view.order === "desc" ? "asc" : "desc" })
                }
                chosen={chosen}
                onChoose={toggle}
                onToggle={(row) => {
                  if (row.type === "run") runs.toggleRun(row.run.run_id);
                  if (row.type === "group") runs.toggleGroup(row.group.value);
                }}
                heading={view.group === null ? "name" : view.group.replace(/^(params|tags)\./, "")}
                more={view.group === null && pages.hasNextPage && !pages.isFetchingNextPage && !pages.isError}
                fetchMore={pages.fetchNextPage}
              />
            </div>
          ) : null}
        </>
      )}
    </>
  );
}

function Toggle({
  on,
  onChange,
  children,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  children: string;
}) {
  return (
    <label className="flex items-center gap-1.5">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  );
}

/** Where more than a first page was read, what has been logged since waits: nothing jumps under the eye. */
function NewRuns({ runs: { summary, pages } }: { runs: ReturnType<typeof useRuns> }) {
  const count = summary.data?.runs;
  const long = (pages.data?.pages.length ?? 0) > 1;
  const [seen, setSeen] = useState<number | undefined>(undefined);
  useEffect(() => {
    if (!long) setSeen(count);
  }, [long, count]);
  const fresh = long && seen !== undefined && count !== undefined ? count - seen : 0;
  if (fresh <= 0) return null;
  return (
    <Button
      size="sm"
      onClick={() => {
        setSeen(count);
        void pages.refetch();
      }}
    >
      <ArrowUp aria-hidden="true" />
      {plural(fresh, "new run")}
    </Button>
  );
}

/** What was found, compared as a whole; as a study where Optuna logged it. */
function All({
  experiment,
  view,
  names,
  total,
}: {
  experiment: string;
  view: RunsView;
  names: ColumnNames | undefined;
  total: number;
}) {
  const optuna = names?.tags.includes("direction") && names.tags.includes("number");
  const parent = isNested(view) && view.group === null && !optuna ? { parent: "none" } : {};
  const of = { ...(view.q ? { q: view.q } : {}), ...parent };
  return (
    <>
      {optuna ? (
        <Link href={compareSearchHref(experiment, { ...of, tab: "study" })} className="link">
          Optuna study
        </Link>
      ) : null}
      <Link href={compareSearchHref(experiment, of)} className="link">
        compare {total > MOST_SEARCHED ? `the newest ${MOST_SEARCHED}` : `all ${total}`}
      </Link>
    </>
  );
}

function Selection({
  chosen,
  clear,
  all,
}: {
  chosen: ReadonlySet<string>;
  clear: () => void;
  /** Stands here while nothing is picked. */
  all: ReactNode;
}) {
  if (chosen.size === 0) {
    return (
      <span className="ml-auto flex flex-wrap items-center gap-x-3 max-sm:ml-0">
        <span className="max-sm:hidden">Pick runs to compare them{all ? ", or" : ""}</span>
        {all}
      </span>
    );
  }
  return (
    <span className="ml-auto flex items-center gap-2">
      <span role="status">
        {chosen.size} picked{chosen.size === MOST_COMPARED ? ", the most" : ""}
      </span>
      <Button size="sm" tone="primary" asChild>
        <Link href={compareHref([...chosen])}>
          <GitCompareArrows aria-hidden="true" />
          Compare
        </Link>
      </Button>
      <Button size="sm" onClick={clear}>
        Clear
      </Button>
    </span>
  );
}

function TableSkeleton() {
  return (
    <div role="status" aria-label="Loading the runs" className="rounded-lg border border-line bg-card p-3.5">
      {["a", "b", "c", "d", "e", "f"].map((row) => (
        <Skeleton key={row} className="my-2 h-6 w-full" />
      ))}
    </div>
  );
}
