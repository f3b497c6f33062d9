import { Skeleton } from "@/components/ui/skeleton";

/** Holds the table's place while rows are on their way. */
export function PredictionsSkeleton() {
  return (
    <div role="status" aria-label="Predictions are being loaded">
      <Skeleton className="mb-3 h-8 max-w-md" />
      <Skeleton className="h-[60vh]" />
    </div>
  );
}
