"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { isSystemMetric } from "@/lib/experiments/columns";
import { runQuery } from "@/lib/experiments/run-query";
import { RunHeader } from "./run-header";
import { RunOverview } from "./run-overview";
import type { RunTab, RunView } from "./tabs";

const RunFiles = dynamic(() => import("./run-files").then((module) => module.RunFiles), { ssr: false });
const MetricGrid = dynamic(() => import("./metric-grid").then((module) => module.MetricGrid), { ssr: false });

/** One run: what it was given, what it measured, what it left behind. */
export function RunPanel({
  run: id,
  view,
  onChange,
}: {
  run: string;
  view: RunView;
  onChange: (change: Partial<RunView>) => void;
}) {
  const { data: run, error, refetch } = useQuery(runQuery(id));
  if (!run) {
    if (error) return <ErrorState what="The run could not be loaded" error={error} onRetry={refetch} />;
    return (
      <div role="status" aria-label="Loading the run">
        <Skeleton className="mb-3 h-6 w-80 max-w-full" />
        <Card>
          <Skeleton className="h-40 w-full" />
        </Card>
      </div>
    );
  }
  const system = run.metrics.filter(({ key }) => isSystemMetric(key));
  const own = run.metrics.filter(({ key }) => !isSystemMetric(key));
  const tabs: { tab: RunTab; title: string; count: number | null }[] = [
    { tab: "overview", title: "Overview", count: null },
    { tab: "metrics", title: "Metrics", count: own.length },
    ...(system.length > 0 ? [{ tab: "system" as const, title: "System", count: system.length }] : []),
    { tab: "files", title: "Artifacts", count: null },
  ];
  return (
    <>
      {error ? (
        <ErrorState
          what="The run could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      <RunHeader run={run} />
      <div role="tablist" aria-label="Run" className="mb-3 flex gap-4 overflow-x-auto border-line border-b">
        {tabs.map(({ tab, title, count }) => (
          <button
            key={tab}
            type="button"
            role="tab"
            id={`tab-${tab}`}
            aria-selected={view.tab === tab}
            aria-controls="run-tab"
            onClick={() => onChange({ tab, file: null })}
            className={cn(
              "-mb-px whitespace-nowrap border-b-2 py-1.5 hover:text-ink",
              view.tab === tab ? "border-ink font-semibold text-ink" : "border-transparent text-mute",
            )}
          >
            {title}
            {count === null ? null : <span className="font-normal text-mute text-xs"> {count}</span>}
          </button>
        ))}
      </div>
      <div id="run-tab" role="tabpanel" aria-labelledby={`tab-${view.tab}`}>
        {view.tab === "overview" ? <RunOverview run={run} onChange={onChange} /> : null}
        {view.tab === "metrics" ? (
          <MetricGrid run={run} metrics={own} nothing="This run has logged no metrics." />
        ) : null}
        {view.tab === "system" ? (
          <MetricGrid
            run={run}
            metrics={system}
            axis="relative"
            nothing="This run has logged no system metrics."
          />
        ) : null}
        {view.tab === "files" ? (
          <RunFiles run={run.run_id} file={view.file} onOpen={(file) => onChange({ file })} />
        ) : null}
      </div>
    </>
  );
}
