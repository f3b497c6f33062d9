"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { auditQuery } from "@/lib/audit/query";
import { AuditTable } from "./audit-table";

/** Who changed what, when, from what to what. */
export function AuditPanel() {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery(),
  );
  if (!data) {
    if (error) return <ErrorState what="The audit log could not be loaded" error={error} onRetry={refetch} />;
    return (
      <div role="status" aria-label="Loading the audit log">
        <Skeleton className="mb-3 h-6 w-full max-w-xl" />
        <Skeleton className="h-56 w-full rounded-lg" />
      </div>
    );
  }
  const events = data.pages.flatMap((page) => page.events);
  if (events.length === 0) {
    return (
      <EmptyState title="Nobody has changed anything yet.">
        <p className="text-mute">
          Each change of a baseline, a setting or a key is written down here, with what it was before. The
          first one is usually{" "}
          <Link href="/keys" className="link">
            a key
          </Link>
          .
        </p>
      </EmptyState>
    );
  }
  return (
    <>
      <p className="verdict mb-3">
        Every change of a model, a baseline, a setting, a view or a key, the latest first, with what it was
        before.
      </p>
      <AuditTable events={events} />
      {error ? (
        <ErrorState
          what="The log could not be continued"
          error={error}
          onRetry={() => fetchNextPage()}
          className="mt-3"
        />
      ) : null}
      {hasNextPage ? (
        <Button className="mt-3" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {isFetchingNextPage ? "Loading" : "Show earlier ones"}
        </Button>
      ) : null}
    </>
  );
}
