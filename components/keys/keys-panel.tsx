"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { plural } from "@/lib/charts/format";
import { keysQuery } from "@/lib/keys/query";
import { CreateKeyDialog } from "./create-key-dialog";
import { KeyTable } from "./key-table";

export function KeysPanel() {
  const { data, error, refetch } = useQuery(keysQuery());
  if (!data) {
    if (error) return <ErrorState what="The keys could not be loaded" error={error} onRetry={refetch} />;
    return (
      <div role="status" aria-label="Loading the keys">
        <Skeleton className="mb-3 h-6 w-full max-w-2xl" />
        <Skeleton className="mb-3 h-8 w-32" />
        <Skeleton className="h-36 w-full rounded-lg" />
      </div>
    );
  }
  const active = data.keys.filter(({ revoked_at }) => revoked_at === null);
  const none =
    data.keys.length === 0
      ? "No client can log in yet. Create a key with the scope “ingest” for the system that makes the predictions."
      : "Every key is revoked: no client can log in.";
  return (
    <>
      <p className="verdict mb-3">
        {active.length === 0
          ? none
          : `${plural(active.length, "key")} in use. A key is shown once, when it is made; only its fingerprint is kept.`}
      </p>
      {error ? (
        <ErrorState
          what="The keys could not be renewed"
          error={error}
          onRetry={refetch}
          stale
          className="mb-3"
        />
      ) : null}
      {/* One place with and without keys: the dialog that shows the first secret outlives the list's arrival. */}
      <div className="mb-3">
        <CreateKeyDialog />
      </div>
      {data.keys.length > 0 ? <KeyTable keys={data.keys} /> : null}
    </>
  );
}
