"use client";

import { useQueryStates } from "nuqs";
import { RunsPanel } from "@/components/runs/runs-panel";
import { useSavedColumns } from "@/components/runs/use-saved-columns";
import { runsSearchParams } from "./search-params";

/** Keeps what the table looks at in the URL. */
export function RunsView({ experiment }: { experiment: string }) {
  const [view, setView] = useQueryStates(runsSearchParams, { history: "push" });
  const change = useSavedColumns(experiment, view, setView);
  return <RunsPanel experiment={experiment} view={view} onChange={change} />;
}
