"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { type AuditWords, auditQuery } from "@/lib/audit/query";
import { AuditFilterBar } from "./audit-filter-bar";
import { AuditTable } from "./audit-table";
import { AuditTools } from "./audit-tools";

/** Who changed what, when, from what to what. */
export function AuditPanel({
  filter,
  onFilter,
}: {
  filter: Required<AuditWords>;
  onFilter: (filter: AuditWords) => void;
}) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...auditQuery(filter),
    placeholderData: keepPreviousData,
  });
  const filtered = Object.values(filter).some(Boolean);
  const events = data?.pages.flatMap((page) => page.events);
  return (
    <>
      <p className="verdict mb-3">
        Every change by a person or a key, the latest first, with what it was before. Nothing in here can be
        changed: each event carries the hash of the one before.
      </p>
      <div className="mb-3 flex flex-wrap items-end gap-2">
        <AuditFilterBar filter={filter} onFilter={onFilter} />
        <AuditTools filter={filter} />
      </div>
      {events === undefined ? (
        error ? (
          <ErrorState what="The audit log could not be loaded" error={error} onRetry={refetch} />
        ) : (
          <div role="status" aria-label="Loading the audit log">
            <Skeleton className="h-56 w-full rounded-lg" />
          </div>
        )
      ) : events.length === 0 ? (
        filtered ? (
          <EmptyState title="No event is of this filter.">
            <p className="text-mute">
              <button
                type="button"
                className="link"
                onClick={() => onFilter({ actor: "", action: "", subject: "", from: "", to: "" })}
              >
                Show all of them
              </button>
              , or look for less of a name.
            </p>
          </EmptyState>
        ) : (
          <EmptyState title="Nobody has changed anything yet.">
            <p className="text-mute">
              Each change of a baseline, a setting, a person or a key is written down here, with what it was
              before. The first one is usually{" "}
              <Link href="/keys" className="link">
                a key
              </Link>
              .
            </p>
          </EmptyState>
        )
      ) : (
        <AuditTable events={events} />
      )}
      {events && error ? (
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
