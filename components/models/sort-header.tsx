import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { Th } from "@/components/ui/table";
import type { Direction } from "@/lib/models/order";

/** A column's title that sorts by it; null = the table is not sorted by this one. */
export function SortHeader({
  direction,
  numeric = false,
  onSort,
  children,
}: {
  direction: Direction | null;
  numeric?: boolean;
  onSort: () => void;
  children: ReactNode;
}) {
  return (
    <Th
      aria-sort={direction === null ? "none" : direction === "asc" ? "ascending" : "descending"}
      className="px-0"
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
