import { Skeleton } from "@/components/ui/skeleton";

/** Holds a page's places while its report is on its way: a verdict, what it rests on, then cards. */
export function ReportSkeleton({
  label,
  cards,
  pair,
}: {
  label: string;
  /** Heights as classes: cards as wide as the page, one below the other, then two side by side. */
  cards: readonly string[];
  pair?: string;
}) {
  return (
    <div role="status" aria-label={label}>
      <Skeleton className="mb-2 h-6 max-w-3xl" />
      <Skeleton className="mb-4 h-4 max-w-xl" />
      {cards.map((height) => (
        <Skeleton key={height} className={`mb-3.5 rounded-lg ${height}`} />
      ))}
      {pair ? (
        <div className="grid gap-3.5 lg:grid-cols-2">
          <Skeleton className={`rounded-lg ${pair}`} />
          <Skeleton className={`rounded-lg ${pair}`} />
        </div>
      ) : null}
    </div>
  );
}
