import { memo } from "react";
import { cn } from "@/components/ui/cn";
import { FirstCell } from "./first-cell";
import type { TableRow } from "./rows";
import { Cell, type TableColumn } from "./table-columns";

/** Its height in pixels. */
export const ROW = 31;

/** A line of the table, drawn again only when something of it changes. */
export const RunsLine = memo(function RunsLine({
  row,
  index,
  picked,
  columns,
  onChoose,
  onToggle,
}: {
  row: TableRow;
  index: number;
  picked: boolean;
  /** Those in sight, with their places among all. */
  columns: readonly { index: number; column: TableColumn }[];
  onChoose: (runs: readonly string[], on: boolean) => void;
  onToggle: (row: TableRow) => void;
}) {
  return (
    <tr
      aria-rowindex={index + 2}
      className={cn("group/row hover:bg-hover", picked && "bg-selected")}
      style={{ height: ROW }}
    >
      <th
        scope="row"
        aria-colindex={1}
        className={cn(
          "sticky left-0 z-10 border-line-soft border-b px-2.5 text-left font-normal group-hover/row:bg-hover",
          picked ? "bg-selected" : "bg-card",
        )}
      >
        <FirstCell row={row} index={index} chosen={picked} onChoose={onChoose} onToggle={onToggle} />
      </th>
      <Gap />
      {columns.map(({ index: place, column }) => (
        <BodyCell key={column.id} row={row} place={place} column={column} />
      ))}
      <Gap />
    </tr>
  );
});

const BodyCell = memo(function BodyCell({
  row,
  place,
  column,
}: {
  row: TableRow;
  place: number;
  column: TableColumn;
}) {
  return (
    <td
      aria-colindex={place + 2}
      className={`truncate border-line-soft border-b px-2.5 ${column.numeric ? "text-right" : "text-left"}`}
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

/** Holds the place of columns that are out of sight. */
export const Gap = () => <td aria-hidden="true" className="border-line-soft border-b p-0" />;
