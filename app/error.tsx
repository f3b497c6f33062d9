"use client";

import { useEffect } from "react";
import { ErrorState } from "@/components/ui/error-state";

/** What shows when a page itself breaks. The shell around it lives on. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <>
      <h1 className="mb-2 text-base">This page broke</h1>
      <ErrorState
        what="Something in this page failed; your data are untouched."
        error={error.digest ? new Error(`The server noted it as ${error.digest}.`) : error}
        onRetry={reset}
      />
    </>
  );
}
