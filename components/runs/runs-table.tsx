"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { useMediaQuery } from "@/components/ui/use-media-query";
import { useNow } from "@/components/ui/use-now";
import type { RunColumn } from "@/lib/experiments/schema";
import { FirstCell } from "./first-cell";
import { numericColumns, type TableRow } from "./rows";
import { Cell, type TableColumn, tableColumns } from "./table-columns";

const ROW = 31;
/** Rows before the end at which the next page is fetched. */
const AHEAD = 30;
const FIRST = { wide: 260, narrow: 190 };

export type TableProps = {
  rows: readonly TableRow[];
  columns: readonly RunColumn[];
  sort: string;
  order: "asc" | "desc";
  onSort: (sort: string) => void;
  chosen: ReadonlySet<string>;
  onChoose: (runs: readonly string[], on: boolean) => void;
  onToggle: (row: TableRow) => void;
  /** What stands in the first column's header. */
  heading: string;
  more: boolean;
  fetchMore: () => void;
};

/** Runs by columns. Only the rows and columns in sight are in the document. */
export function RunsTable(props: TableProps) {
  const { rows, columns, sort, order, onSort, chosen, onChoose, onToggle, heading, more, fetchMore } = props;
  const scroller = useRef<HTMLElement>(null);
  const first = useMediaQuery("(max-width: 639px)") === true ? FIRST.narrow : FIRST.wide;
  const nowMs = useNow();
  const drawn = useMemo(
    () => tableColumns(columns, numericColumns(columns, rows), nowMs),
    [columns, rows, nowMs],
  );
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    // The server's HTML holds the first rows, before there is a height to fill.
    initialRect: { width: 1200, height: 640 },
  });
  const across = useVirtualizer({
    horizontal: true,
    count: drawn.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => drawn[index]!.width,
    getItemKey: (index) => drawn[index]!.id,
    paddingStart: first,
    overscan: 3,
    initialRect: { width: 1200, height: 640 },
  });
  // Other columns have other widths.
  const widths = drawn.map(({ id }) => id).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names are what changes the widths
  useEffect(() => across.measure(), [across, widths, first]);

  const shown = down.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - AHEAD) fetchMore();
  }, [more, last, rows.length, fetchMore]);

  const above = shown[0]?.start ?? 0;
  const below = Math.max(0, down.getTotalSize() - (shown.at(-1)?.end ?? 0));
  const cells = across.getVirtualItems();
  const width = across.getTotalSize();
  const left = (cells[0]?.start ?? first) - first;
  const right = Math.max(0, width - (cells.at(-1)?.end ?? width));
  const visible = cells.map(({ index }) => ({ index, column: drawn[index]! }));
  const span = visible.length + 3;

  return (
    <section
      ref={scroller}
      aria-label="Runs"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative max-h-[calc(100dvh-9.5rem)] max-sm:max-h-[calc(100dvh-16rem)] min-h-72 overflow-auto rounded-lg border border-line bg-card"
    >
      <table
        aria-rowcount={more ? -1 : rows.length + 1}
        aria-colcount={drawn.length + 1}
        className="table-fixed border-collapse text-sm"
        style={{ width: `max(100%, ${width}px)` }}
        onKeyDown={(event) => walk(event, rows, onToggle, (index) => down.scrollToIndex(index))}
      >
        <colgroup>
          <col style={{ width: first }} />
          <col style={{ width: left }} />
          {visible.map(({ column }) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
          {/* Where there is room, the rest of the line. */}
          <col style={right > 0 ? { width: right } : undefined} />
        </colgroup>
        <thead className="sticky top-0 z-20 bg-card">
          <tr aria-rowindex={1}>
            <th
              scope="col"
              aria-colindex={1}
              className="sticky left-0 z-10 border-line border-b bg-card px-2.5 text-left align-bottom font-medium text-mute text-xs"
            >
              {heading}
            </th>
            <Gap />
            {visible.map(({ index, column }) => (
              <Header
                key={column.id}
                place={index + 2}
                column={column}
                direction={column.sort === sort ? order : null}
                onSort={onSort}
              />
            ))}
            <Gap />
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} span={span} />
          {shown.map(({ index }) => {
            const row = rows[index]!;
            const picked = row.type === "run" && chosen.has(row.run.run_id);
            return (
              <tr
                key={row.key}
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
                  <FirstCell
                    row={row}
                    index={index}
                    chosen={picked}
                    onChoose={onChoose}
                    onToggle={onToggle}
                  />
                </th>
                <Gap />
                {visible.map(({ index: place, column }) => (
                  <td
                    key={column.id}
                    aria-colindex={place + 2}
                    className={cn(
                      "truncate border-line-soft border-b px-2.5",
                      column.numeric ? "text-right" : "text-left",
                    )}
                  >
                    {contentOf(row, column)}
                  </td>
                ))}
                <Gap />
              </tr>
            );
          })}
          <Spacer height={below} span={span} />
        </tbody>
      </table>
    </section>
  );
}

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
const Gap = () => <td aria-hidden="true" className="border-line-soft border-b p-0" />;

function Spacer({ height, span }: { height: number; span: number }) {
  return height === 0 ? null : (
    <tr>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function Header({
  place,
  column,
  direction,
  onSort,
}: {
  place: number;
  column: TableColumn;
  direction: "asc" | "desc" | null;
  onSort: (sort: string) => void;
}) {
  const { sort, title, note, numeric } = column;
  const words = (
    <>
      <span className="block truncate font-normal text-2xs text-mute">{note}</span>
      <span className="flex items-center gap-1">
        <span className="truncate">{title}</span>
        {direction === "asc" ? <ArrowUp aria-hidden="true" className="size-3 shrink-0" /> : null}
        {direction === "desc" ? <ArrowDown aria-hidden="true" className="size-3 shrink-0" /> : null}
      </span>
    </>
  );
  return (
    <th
      scope="col"
      aria-colindex={place}
      aria-sort={direction === null ? undefined : direction === "asc" ? "ascending" : "descending"}
      title={title}
      className="border-line border-b px-2.5 py-1 text-left align-bottom font-medium text-mute text-xs"
    >
      {sort === null ? (
        <span className={cn("block", numeric && "text-right [&>span]:justify-end")}>{words}</span>
      ) : (
        <button
          type="button"
          onClick={() => onSort(sort)}
          className={cn(
            "block w-full min-w-0 rounded-sm text-left hover:text-ink",
            numeric && "text-right [&>span]:justify-end",
            direction !== null && "text-ink",
          )}
        >
          {words}
        </button>
      )}
    </th>
  );
}

/** Up and down walk through the names; left and right close and open what can be opened. */
function walk(
  event: KeyboardEvent<HTMLTableElement>,
  rows: readonly TableRow[],
  onToggle: (row: TableRow) => void,
  show: (index: number) => void,
) {
  const at = (document.activeElement as HTMLElement | null)?.dataset.index;
  if (at === undefined) return;
  const row = rows[Number(at)];
  const open = row?.type === "run" || row?.type === "group" ? row.open : null;
  if ((event.key === "ArrowRight" && open === false) || (event.key === "ArrowLeft" && open === true)) {
    event.preventDefault();
    onToggle(row!);
    return;
  }
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const next = Number(at) + step;
  if (step === 0 || next < 0 || next >= rows.length) return;
  event.preventDefault();
  const table = event.currentTarget;
  show(next);
  requestAnimationFrame(() => table.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
}
