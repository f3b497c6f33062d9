"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { Role } from "@/lib/people/roles";
import { useReason } from "./person-context";

/** Controls that want a role: shown to everybody, disabled with the reason for who may not use them. */
export function ForRole({
  least,
  model,
  children,
  className,
}: {
  least: Role;
  model?: string;
  children: ReactNode;
  className?: string;
}) {
  const reason = useReason(least, model);
  if (reason === null) return children;
  return (
    <fieldset disabled title={reason} className={cn("min-w-0", className)}>
      {children}
      <p className="mt-1 text-mute text-xs">{reason}</p>
    </fieldset>
  );
}
