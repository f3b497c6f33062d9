import { Skeleton } from "@/components/ui/skeleton";

export function ModelsSkeleton() {
  return (
    <div role="status" aria-label="Loading the models">
      <Skeleton className="mb-3.5 h-6 w-full max-w-2xl" />
      <Skeleton className="mb-3 h-8 w-full max-w-md" />
      <div className="rounded-lg border border-line bg-card px-3.5 py-3">
        {["a", "b", "c"].map((row) => (
          <Skeleton key={row} className="my-2 h-11 w-full" />
        ))}
      </div>
    </div>
  );
}
