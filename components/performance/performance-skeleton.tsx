import { Skeleton } from "@/components/ui/skeleton";

/** Holds the page's places while the report is on its way. */
export function PerformanceSkeleton() {
  return (
    <div role="status" aria-label="Performance is being computed">
      <Skeleton className="mb-2 h-6 max-w-3xl" />
      <Skeleton className="mb-4 h-4 max-w-xl" />
      <Skeleton className="mb-3.5 h-96" />
      <div className="grid gap-3.5 lg:grid-cols-2">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}
