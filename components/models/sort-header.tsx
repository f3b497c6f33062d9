import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Th } from "@/components/ui/table";
import type { Direction } from "@/lib/models/order";

/** A column's title that sorts by it; null = the table is not sorted by this one. */
export function SortHeader({
  direction,
  numeric = false,
  onSort,
  children,
  className,
}: {
  direction: Direction | null;
  numeric?: boolean;
  onSort: () => void;
  children: ReactNode;
  className?: string;
}) {
  return (
    <Th
      aria-sort={direction === null ? "none" : direction === "asc" ? "ascending" : "descending"}
      className={cn("px-0", className)}
      numeric={numeric}
    >
      <button
        type="button"
        onClick={onSort}
        className="inline-flex items-center gap-1 rounded-sm px-1.5 py-0.5 font-medium hover:text-ink aria-pressed:text-ink"
        aria-pressed={direction !== null}
      >
        {children}
        {direction === "asc" ? <ArrowUp aria-hidden="true" className="size-3" /> : null}
        {direction === "desc" ? <ArrowDown aria-hidden="true" className="size-3" /> : null}
      </button>
    </Th>
  );
}
