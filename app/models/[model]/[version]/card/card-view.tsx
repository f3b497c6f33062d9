"use client";

import { useQueryStates } from "nuqs";
import { CardPanel } from "@/components/cards/card-panel";
import type { VersionAddress } from "@/lib/models/address";
import { cardSearchParams } from "./search-params";

export function CardView({ address }: { address: VersionAddress }) {
  const [view, setView] = useQueryStates(cardSearchParams, { history: "push" });
  return <CardPanel address={address} view={view} onChange={(next) => void setView(next)} />;
}
