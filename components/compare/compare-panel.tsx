"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { Crumbs } from "@/components/ui/crumbs";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { experimentHref } from "@/lib/experiments/address";
import { dimensionsOf } from "@/lib/experiments/dimensions";
import { runsDetailQuery } from "@/lib/experiments/run-query";
import type { RunDetail } from "@/lib/experiments/run-schema";
import { CurvesTab } from "./curves-tab";
import { RunChips } from "./run-chips";
import type { ChangeCompare, CompareTab, CompareView } from "./view";

const ParallelTab = dynamic(() => import("./parallel-tab").then((module) => module.ParallelTab), {
  ssr: false,
});
const ScatterTab = dynamic(() => import("./scatter-tab").then((module) => module.ScatterTab), { ssr: false });
const ImportanceTab = dynamic(() => import("./importance-tab").then((module) => module.ImportanceTab), {
  ssr: false,
});
const DiffTab = dynamic(() => import("./diff-tab").then((module) => module.DiffTab), { ssr: false });
const FilesTab = dynamic(() => import("./files-tab").then((module) => module.FilesTab), { ssr: false });

const TABS: { tab: CompareTab; title: string }[] = [
  { tab: "curves", title: "Curves" },
  { tab: "diff", title: "Differences" },
  { tab: "parallel", title: "Parallel coordinates" },
  { tab: "scatter", title: "Scatter" },
  { tab: "importance", title: "Importance" },
  { tab: "files", title: "Artifacts" },
];

/** Runs side by side. The address holds the whole view. */
export function ComparePanel({ view, onChange }: { view: CompareView; onChange: ChangeCompare }) {
  const { data, error, refetch } = useQuery({
    ...runsDetailQuery(view.runs),
    enabled: view.runs.length > 0,
  });
  const runs = data?.runs ?? [];
  const experiment = runs[0]?.experiment;
  return (
    <>
      <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <Crumbs
          above={[
            { href: "/experiments", title: "Experiments" },
            ...(experiment
              ? [{ href: experimentHref(experiment.experiment_id), title: experiment.name }]
              : []),
          ]}
        >
          Compare
        </Crumbs>
        <CopyButton
          size="sm"
          icon={<Link2 aria-hidden="true" />}
          text={() => window.location.href}
          className="ml-auto"
        >
          Copy link
        </CopyButton>
      </header>
      {view.runs.length === 0 ? (
        <EmptyState title="No runs are picked. Pick some in the table of an experiment, then press Compare.">
          <Button asChild className="w-fit">
            <Link href="/experiments">Experiments</Link>
          </Button>
        </EmptyState>
      ) : null}
      {error ? (
        <ErrorState
          what="The runs could not be loaded"
          error={error}
          onRetry={refetch}
          stale={runs.length > 0}
          className="mb-3"
        />
      ) : null}
      {!data && !error && view.runs.length > 0 ? (
        <Card role="status" aria-label="Loading the runs">
          <Skeleton className="h-60 w-full" />
        </Card>
      ) : null}
      {runs.length > 0 ? <Comparison runs={runs} view={view} onChange={onChange} /> : null}
    </>
  );
}

function Comparison({
  runs,
  view,
  onChange,
}: {
  runs: readonly RunDetail[];
  view: CompareView;
  onChange: ChangeCompare;
}) {
  const dimensions = useMemo(() => dimensionsOf(runs), [runs]);
  const props = { runs, dimensions, view, onChange };
  return (
    <>
      <RunChips runs={runs} view={view} onChange={onChange} />
      <div
        role="tablist"
        aria-label="Ways to compare"
        className="mb-3 flex gap-4 overflow-x-auto border-line border-b"
      >
        {TABS.map(({ tab, title }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`tab-${tab}`}
            aria-selected={view.tab === tab}
            aria-controls="compare-tab"
            onClick={() => onChange({ tab })}
            className={cn(
              "-mb-px whitespace-nowrap border-b-2 py-1.5 hover:text-ink",
              view.tab === tab ? "border-ink font-semibold text-ink" : "border-transparent text-mute",
            )}
          >
            {title}
          </button>
        ))}
      </div>
      <div id="compare-tab" role="tabpanel" aria-labelledby={`tab-${view.tab}`}>
        {view.tab === "curves" ? <CurvesTab {...props} /> : null}
        {view.tab === "parallel" ? <ParallelTab {...props} /> : null}
        {view.tab === "scatter" ? <ScatterTab {...props} /> : null}
        {view.tab === "importance" ? <ImportanceTab {...props} /> : null}
        {view.tab === "diff" ? <DiffTab {...props} /> : null}
        {view.tab === "files" ? <FilesTab {...props} /> : null}
      </div>
    </>
  );
}
