"use client";

import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { QualityPanel } from "@/components/quality/quality-panel";
import type { QualityView as View } from "@/components/quality/view";
import type { VersionAddress } from "@/lib/models/address";
import { qualitySearchParams } from "./search-params";

/** Keeps what the data quality page looks at in the URL. */
export function QualityView({ address }: { address: VersionAddress }) {
  const [view, setView] = useQueryStates(qualitySearchParams, { history: "push" });
  const change = useCallback(
    (next: Partial<View>) => {
      void setView(next);
    },
    [setView],
  );
  return <QualityPanel address={address} view={view} onChange={change} />;
}
