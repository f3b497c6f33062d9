"use client";

import { createSerializer, useQueryStates } from "nuqs";
import { ComparePanel } from "@/components/compare/compare-panel";
import { compareSearchParams } from "./search-params";

const serialize = createSerializer(compareSearchParams);

/** Keeps the whole comparison in the URL. */
export function CompareView() {
  const [view, setView] = useQueryStates(compareSearchParams);
  const query = serialize({ ...view, saved: null }).slice(1);
  return <ComparePanel view={view} query={query} onChange={setView} />;
}
