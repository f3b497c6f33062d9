"use client";

import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { DriftPanel } from "@/components/drift/drift-panel";
import type { DriftView as View } from "@/components/report/view";
import type { VersionAddress } from "@/lib/models/address";
import { driftSearchParams } from "./search-params";

/** Keeps what the drift page looks at in the URL; another window is a step one can go back from. */
export function DriftView({ address }: { address: VersionAddress }) {
  const [view, setView] = useQueryStates(driftSearchParams);
  const change = useCallback(
    (next: Partial<View>) => {
      void setView(next, { history: "feature" in next ? "replace" : "push" });
    },
    [setView],
  );
  return <DriftPanel address={address} view={view} onChange={change} />;
}
