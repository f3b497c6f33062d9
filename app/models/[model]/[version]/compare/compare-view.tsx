"use client";

import { useQueryStates } from "nuqs";
import { ComparisonPanel } from "@/components/comparison/comparison-panel";
import type { VersionAddress } from "@/lib/models/address";
import { compareSearchParams } from "./search-params";

export function CompareView({ address }: { address: VersionAddress }) {
  const [view, setView] = useQueryStates(compareSearchParams);
  return <ComparisonPanel address={address} view={view} onChange={(next) => void setView(next)} />;
}
