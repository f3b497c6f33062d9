import { Skeleton } from "@/components/ui/skeleton";

export function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the overview">
      <Skeleton className="mb-1.5 h-6 w-full max-w-4xl" />
      <Skeleton className="mb-3.5 h-4.5 w-full max-w-xl" />
      <Skeleton className="mb-3.5 h-23 w-full rounded-lg" />
      <div className="grid gap-3.5 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <Skeleton className="h-58 w-full rounded-lg" />
        <Skeleton className="h-58 w-full rounded-lg" />
      </div>
    </div>
  );
}
