import type { ReactNode } from "react";
import { cn } from "./cn";

/** Nothing here yet: says why, and what to do next (a link, a button, the curl that fills it). */
export function EmptyState({
  title,
  children,
  className,
}: {
  title: string;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("flex max-w-3xl flex-col gap-2 py-2", className)}>
      <p className="verdict">{title}</p>
      {children}
    </div>
  );
}
