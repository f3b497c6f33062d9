import { Skeleton } from "@/components/ui/skeleton";

/** Holds the page's places while the report is on its way. */
export function QualitySkeleton() {
  return (
    <div role="status" aria-label="Data quality is being computed">
      <Skeleton className="mb-2 h-6 max-w-3xl" />
      <Skeleton className="mb-4 h-4 max-w-xl" />
      <Skeleton className="mb-3.5 h-56" />
      <Skeleton className="h-72" />
    </div>
  );
}
