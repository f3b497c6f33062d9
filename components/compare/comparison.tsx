"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { cn } from "@/components/ui/cn";
import type { ComparedRun } from "@/lib/experiments/compared";
import { dimensionsOf } from "@/lib/experiments/dimensions";
import { CurvesTab } from "./curves-tab";
import type { ChangeCompare, CompareTab, CompareView } from "./view";

const StudyTab = dynamic(() => import("./study-tab").then((module) => module.StudyTab), { ssr: false });
const ParallelTab = dynamic(() => import("./parallel-tab").then((module) => module.ParallelTab), {
  ssr: false,
});
const ScatterTab = dynamic(() => import("./scatter-tab").then((module) => module.ScatterTab), { ssr: false });
const ContourTab = dynamic(() => import("./contour-tab").then((module) => module.ContourTab), { ssr: false });
const ImportanceTab = dynamic(() => import("./importance-tab").then((module) => module.ImportanceTab), {
  ssr: false,
});
const DiffTab = dynamic(() => import("./diff-tab").then((module) => module.DiffTab), { ssr: false });
const FilesTab = dynamic(() => import("./files-tab").then((module) => module.FilesTab), { ssr: false });

const TABS: { tab: CompareTab; title: string }[] = [
  { tab: "study", title: "Study" },
  { tab: "curves", title: "Curves" },
  { tab: "diff", title: "Differences" },
  { tab: "parallel", title: "Parallel coordinates" },
  { tab: "scatter", title: "Scatter" },
  { tab: "contour", title: "Contour" },
  { tab: "importance", title: "Importance" },
  { tab: "files", title: "Artifacts" },
];

/** The ways to compare some runs, under what says which they are. */
export function Comparison({
  runs,
  view,
  onChange,
  children,
}: {
  runs: readonly ComparedRun[];
  view: CompareView;
  onChange: ChangeCompare;
  children: ReactNode;
}) {
  const dimensions = useMemo(() => dimensionsOf(runs), [runs]);
  const props = { runs, dimensions, view, onChange };
  return (
    <>
      {children}
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
        {view.tab === "study" ? <StudyTab {...props} /> : null}
        {view.tab === "curves" ? <CurvesTab {...props} /> : null}
        {view.tab === "parallel" ? <ParallelTab {...props} /> : null}
        {view.tab === "scatter" ? <ScatterTab {...props} /> : null}
        {view.tab === "contour" ? <ContourTab {...props} /> : null}
        {view.tab === "importance" ? <ImportanceTab {...props} /> : null}
        {view.tab === "diff" ? <DiffTab {...props} /> : null}
        {view.tab === "files" ? <FilesTab {...props} /> : null}
      </div>
    </>
  );
}
