"use client";

import { useQueryStates } from "nuqs";
import { ExperimentsPanel } from "@/components/experiments/experiments-panel";
import { experimentsSearchParams } from "./search-params";

/** Keeps the search and the order of the list in the URL. */
export function ExperimentsView() {
  const [view, setView] = useQueryStates(experimentsSearchParams);
  return <ExperimentsPanel view={view} onChange={setView} />;
}
