"use client";

import { useQuery } from "@tanstack/react-query";
import { Badge } from "@/components/ui/badge";
import { promotionsQuery } from "@/lib/promotions/query";
import { Heading } from "./heading";
import { NavLink } from "./nav-link";

/** The way to the promotions, with how many wait for a decision. */
export function PromotionsLink({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const { data } = useQuery(promotionsQuery({ state: "open" }));
  return (
    <>
      <Heading>Review</Heading>
      <NavLink href="/promotions" onNavigate={onNavigate}>
        <span className="flex items-center justify-between">
          Promotions
          {data && data.open > 0 ? (
            <Badge tone="accent">
              {data.open}
              <span className="sr-only"> open</span>
            </Badge>
          ) : null}
        </span>
      </NavLink>
    </>
  );
}
