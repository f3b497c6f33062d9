"use client";

import { useQueryStates } from "nuqs";
import { ComparePanel } from "@/components/compare/compare-panel";
import { compareSearchParams } from "./search-params";

/** Keeps the whole comparison in the URL. */
export function CompareView() {
  const [view, setView] = useQueryStates(compareSearchParams);
  return <ComparePanel view={view} onChange={setView} />;
}
