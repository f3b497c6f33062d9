"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, memo, useCallback, useEffect, useMemo, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { useMediaQuery } from "@/components/ui/use-media-query";
import { useNow } from "@/components/ui/use-now";
import type { RunColumn } from "@/lib/experiments/schema";
import { numericColumns, type TableRow } from "./rows";
import { ROW, RunsLine } from "./runs-line";
import { type TableColumn, tableColumns } from "./table-columns";

// biome-ignore-start lint/a11y/noRedundantRoles: elements of a table that are not laid out as one lose their roles

/** Rows before the end at which the next page is fetched. */
const AHEAD = 30;
/** In pixels: what a window too low for the page still shows of the table. */
const MOST_HELD = 288;
const HEAD = 44;
/** Columns that are drawn and taken away together. */
const HANDFUL = 4;
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
    useFlushSync: false,
    overscan: 8,
    // The server's HTML holds the first rows, before there is a height to fill.
    initialRect: { width: 1200, height: 640 },
  });
  const across = useVirtualizer({
    horizontal: true,
    count: drawn.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => drawn[index]!.width,
    getItemKey: (index) => drawn[index]!.id,
    useFlushSync: false,
    paddingStart: first,
    overscan: 1,
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

  const width = across.getTotalSize();
  const cells = across.getVirtualItems();
  // Columns come and go by the handful, and not one by one: most scrolling across then draws nothing at all.
  const from = Math.floor((cells[0]?.index ?? 0) / HANDFUL) * HANDFUL;
  const to = Math.min(drawn.length, Math.ceil(((cells.at(-1)?.index ?? -1) + 1) / HANDFUL) * HANDFUL);
  const starts = useMemo(() => startsOf(drawn, first), [drawn, first]);
  // The same as long as the same columns are there, so that scrolling down draws only the lines that are new.
  const visible = useMemo(
    () =>
      drawn
        .slice(from, to)
        .map((column, place) => ({ index: from + place, left: starts[from + place]!, column })),
    [drawn, starts, from, to],
  );
  const latestToggle = useRef(onToggle);
  latestToggle.current = onToggle;
  const toggle = useCallback((row: TableRow) => latestToggle.current(row), []);

  return (
    <section
      ref={scroller}
      aria-label="Runs"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative max-h-[calc(100dvh-9.5rem)] max-sm:max-h-[calc(100dvh-16rem)] overflow-auto rounded-lg border border-line bg-card"
      style={{ minHeight: Math.min(MOST_HELD, HEAD + rows.length * ROW) }}
    >
      {/* Lines and cells are put where they belong one by one: a line that comes moves no other, and none is laid out
          again. The roles say what a table's elements say only while they are laid out as one. */}
      <table
        role="table"
        aria-rowcount={more ? -1 : rows.length + 1}
        aria-colcount={drawn.length + 1}
        className="relative block text-sm"
        style={{ width: `max(100%, ${width}px)`, height: HEAD + down.getTotalSize() }}
        onKeyDown={(event) => walk(event, rows, onToggle, (index) => down.scrollToIndex(index))}
      >
        <thead role="rowgroup" className="sticky top-0 z-20 block bg-card">
          <tr
            role="row"
            aria-rowindex={1}
            className="relative flex border-line border-b"
            style={{ height: HEAD }}
          >
            <th
              role="columnheader"
              scope="col"
              aria-colindex={1}
              className="sticky left-0 z-10 flex shrink-0 items-end bg-card px-2.5 py-1 text-left font-medium text-mute text-xs"
              style={{ width: first }}
            >
              {heading}
            </th>
            {visible.map(({ index, left, column }) => (
              <Header
                key={column.id}
                place={index + 2}
                left={left}
                column={column}
                direction={column.sort === sort ? order : null}
                onSort={onSort}
              />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block">
          {shown.map(({ index, start }) => {
            const row = rows[index]!;
            const picked = row.type === "run" && chosen.has(row.run.run_id);
            return (
              <RunsLine
                key={row.key}
                row={row}
                index={index}
                top={HEAD + start}
                first={first}
                picked={picked}
                columns={visible}
                onChoose={onChoose}
                onToggle={toggle}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** Where each column begins, in pixels. */
function startsOf(columns: readonly TableColumn[], first: number): number[] {
  let at = first;
  return columns.map(({ width }) => {
    const start = at;
    at += width;
    return start;
  });
}

const Header = memo(function Header({
  place,
  left,
  column,
  direction,
  onSort,
}: {
  place: number;
  left: number;
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
      role="columnheader"
      scope="col"
      aria-colindex={place}
      aria-sort={direction === null ? undefined : direction === "asc" ? "ascending" : "descending"}
      title={title}
      className="absolute bottom-0 px-2.5 py-1 text-left font-medium text-mute text-xs"
      style={{ left, width: column.width }}
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
});

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

// biome-ignore-end lint/a11y/noRedundantRoles: as above
