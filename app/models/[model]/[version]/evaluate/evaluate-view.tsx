"use client";

import { useQueryStates } from "nuqs";
import { EvaluatePanel } from "@/components/evaluate/evaluate-panel";
import type { VersionAddress } from "@/lib/models/address";
import { evaluateSearchParams } from "./search-params";

export function EvaluateView({ address }: { address: VersionAddress }) {
  const [view, setView] = useQueryStates(evaluateSearchParams, { history: "push" });
  // Typing is not a step that somebody goes back over.
  return (
    <EvaluatePanel
      address={address}
      view={view}
      onChange={(next) => void setView(next, { history: "q" in next ? "replace" : "push" })}
    />
  );
}
