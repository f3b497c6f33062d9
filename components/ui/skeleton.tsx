import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Holds the place of what is loading, at its size, so that nothing shifts when it comes. */
export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      aria-hidden="true"
      className={cn("block h-4 animate-pulse rounded-sm bg-line-soft", className)}
      {...props}
    />
  );
}
