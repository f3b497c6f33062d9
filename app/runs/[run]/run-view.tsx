"use client";

import { useQueryStates } from "nuqs";
import { RunPanel } from "@/components/run/run-panel";
import { runSearchParams } from "./search-params";

/** Keeps the tab and the open file in the URL. */
export function RunView({ run }: { run: string }) {
  const [view, setView] = useQueryStates(runSearchParams, { history: "push" });
  return <RunPanel run={run} view={view} onChange={setView} />;
}
