"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { versionHref } from "@/lib/models/address";
import { mainVersion } from "@/lib/models/order";
import { modelQuery } from "@/lib/models/query";

/** Goes on to the version in Production, else to the latest. */
export function ToMainVersion({ model }: { model: string }) {
  const router = useRouter();
  const { data, error, refetch } = useQuery(modelQuery(model));
  const version = data ? mainVersion(data)?.version : undefined;

  useEffect(() => {
    if (version) router.replace(versionHref({ model, version }));
  }, [router, model, version]);

  if (error) return <ErrorState what={`${model} could not be opened`} error={error} onRetry={refetch} />;
  if (data && version === undefined) {
    return (
      <EmptyState title={`${model} has no version yet: it gets its first one with its first prediction.`} />
    );
  }
  return (
    <div role="status" aria-label={`Opening ${model}`} className="flex flex-col gap-4">
      <Skeleton className="h-6 w-72" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-14 w-full max-w-3xl" />
    </div>
  );
}
