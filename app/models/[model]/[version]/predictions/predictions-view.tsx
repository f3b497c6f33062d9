"use client";

import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { PredictionsPanel } from "@/components/predictions/predictions-panel";
import type { PredictionsView as View } from "@/components/predictions/view";
import type { VersionAddress } from "@/lib/models/address";
import { predictionsSearchParams } from "./search-params";

/** Keeps what the explorer looks at in the URL. */
export function PredictionsView({ address }: { address: VersionAddress }) {
  const [view, setView] = useQueryStates(predictionsSearchParams, { history: "push" });
  const change = useCallback(
    (next: Partial<View>) => {
      // Stepping from row to row is not a place to go back to.
      void setView(next, { history: "row" in next ? "replace" : "push" });
    },
    [setView],
  );
  return <PredictionsPanel address={address} view={view} onChange={change} />;
}
