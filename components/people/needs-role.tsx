"use client";

import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { Role } from "@/lib/people/roles";
import { useReason } from "./person-context";

/** A page that is for a role: others read why it is not theirs. */
export function NeedsRole({ least, children }: { least: Role; children: ReactNode }) {
  const reason = useReason(least);
  if (reason === null) return children;
  return (
    <EmptyState title="This page is not yours to see.">
      <p className="text-mute">{reason}</p>
    </EmptyState>
  );
}
