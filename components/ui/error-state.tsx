"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { describeError, worthRetrying } from "@/lib/http/request";
import { Button } from "./button";
import { cn } from "./cn";

/** What went wrong, in the server's words, with a retry; the query goes on trying by itself too. */
export function ErrorState({
  error,
  onRetry,
  what,
  stale = false,
  className,
}: {
  error: unknown;
  onRetry?: () => void;
  /** What could not be done, e.g. "The drift report could not be loaded". */
  what: string;
  /** True where older data are still shown below. */
  stale?: boolean;
  className?: string;
}) {
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg border border-line bg-warn-soft px-3.5 py-2.5",
        className,
      )}
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{what}</p>
        <p className="text-soft">{describeError(error)}</p>
        {stale || (onRetry && worthRetrying(error)) ? (
          <p className="text-soft text-xs">
            {stale ? "Below is what was last received. " : ""}It is tried again every few seconds.
          </p>
        ) : null}
      </div>
      {onRetry ? (
        <Button size="sm" onClick={onRetry}>
          <RotateCw aria-hidden="true" />
          Try again
        </Button>
      ) : null}
    </div>
  );
}
