import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { FirstCell } from "./first-cell";
import type { TableRow } from "./rows";
import { Cell, type TableColumn } from "./table-columns";

// biome-ignore-start lint/a11y/noRedundantRoles: elements of a table that are not laid out as one lose their roles

/** Its height in pixels. */
export const ROW = 31;

type Place = { index: number; left: number; column: TableColumn };

/** A line of the table, drawn again only when something of it changes. */
export const RunsLine = memo(function RunsLine({
  row,
  index,
  top,
  first,
  picked,
  columns,
  onChoose,
  onToggle,
}: {
  row: TableRow;
  index: number;
  /** In pixels from the table's top. */
  top: number;
  /** How wide the first column is, in pixels. */
  first: number;
  picked: boolean;
  /** Those in sight, with their places among all. */
  columns: readonly Place[];
  onChoose: (runs: readonly string[], on: boolean) => void;
  onToggle: (row: TableRow) => void;
}) {
  return (
    <tr
      role="row"
      aria-rowindex={index + 2}
      className={cn(
        "group/row absolute top-0 left-0 flex w-full border-line-soft border-b contain-layout hover:bg-hover",
        picked && "bg-selected",
      )}
      style={{ height: ROW, transform: `translateY(${top}px)` }}
    >
      <th
        role="rowheader"
        scope="row"
        aria-colindex={1}
        className={cn(
          "sticky left-0 z-10 flex shrink-0 items-center px-2.5 text-left font-normal group-hover/row:bg-hover [&>*]:min-w-0 [&>*]:flex-1",
          picked ? "bg-selected" : "bg-card",
        )}
        style={{ width: first }}
      >
        <FirstCell row={row} index={index} chosen={picked} onChoose={onChoose} onToggle={onToggle} />
      </th>
      {columns.map(({ index: place, left, column }) => (
        <BodyCell key={column.id} row={row} place={place} left={left} column={column} />
      ))}
    </tr>
  );
});

const BodyCell = memo(function BodyCell({
  row,
  place,
  left,
  column,
}: {
  row: TableRow;
  place: number;
  left: number;
  column: TableColumn;
}) {
  return (
    <td
      role="cell"
      aria-colindex={place + 2}
      className={`absolute inset-y-0 truncate px-2.5 leading-[30px] ${column.numeric ? "text-right" : "text-left"}`}
      style={{ left, width: column.width }}
    >
      {contentOf(row, column)}
    </td>
  );
});

function contentOf(row: TableRow, column: TableColumn) {
  if (row.type === "run") return column.cell(row.run, row.cells);
  if (row.type !== "group") return null;
  const mean = row.means.get(column.id);
  return mean === undefined || mean === null ? null : (
    <span className="text-soft" title="mean of the group">
      ⌀ <Cell value={mean} />
    </span>
  );
}

// biome-ignore-end lint/a11y/noRedundantRoles: as above
