"use client";

import { createSerializer, useQueryStates } from "nuqs";
import { RunsPanel } from "@/components/runs/runs-panel";
import { useSavedColumns } from "@/components/runs/use-saved-columns";
import { runsSearchParams } from "./search-params";

const serialize = createSerializer(runsSearchParams);

/** Keeps what the table looks at in the URL. */
export function RunsView({ experiment }: { experiment: string }) {
  const [view, setView] = useQueryStates(runsSearchParams, { history: "push" });
  const change = useSavedColumns(experiment, view, setView);
  const query = serialize({ ...view, saved: null }).slice(1);
  return <RunsPanel experiment={experiment} view={view} query={query} onChange={change} />;
}
