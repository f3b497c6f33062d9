"use client";

import { useQueryStates } from "nuqs";
import { PromotionsPanel } from "@/components/promotions/promotions-panel";
import { promotionsSearchParams } from "./search-params";

export function PromotionsView() {
  const [view, setView] = useQueryStates(promotionsSearchParams, { history: "replace" });
  return <PromotionsPanel view={view} onChange={setView} />;
}
