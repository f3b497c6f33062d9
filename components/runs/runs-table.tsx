"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { useMediaQuery } from "@/components/ui/use-media-query";
import { useNow } from "@/components/ui/use-now";
import type { RunColumn } from "@/lib/experiments/schema";
import { numericColumns, type TableRow } from "./rows";
import { Gap, ROW, RunsLine } from "./runs-line";
import { type TableColumn, tableColumns } from "./table-columns";

/** Rows before the end at which the next page is fetched. */
const AHEAD = 30;
/** In pixels: what a window too low for the page still shows of the table. */
const MOST_HELD = 288;
const HEAD = 44;
/** Columns that are drawn and taken away together, so that most scrolling across draws nothing. */
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
    paddingStart: first,
    useFlushSync: false,
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

  const above = shown[0]?.start ?? 0;
  const below = Math.max(0, down.getTotalSize() - (shown.at(-1)?.end ?? 0));
  const cells = across.getVirtualItems();
  const from = Math.floor((cells[0]?.index ?? 0) / HANDFUL) * HANDFUL;
  const to = Math.min(drawn.length, Math.ceil(((cells.at(-1)?.index ?? -1) + 1) / HANDFUL) * HANDFUL);
  const width = across.getTotalSize();
  const left = widthOf(drawn.slice(0, from));
  const right = Math.max(0, width - first - widthOf(drawn.slice(0, to)));
  // The same as long as the same columns are in sight, so that scrolling down draws only the lines that are new.
  const visible = useMemo(
    () => drawn.slice(from, to).map((column, place) => ({ index: from + place, column })),
    [drawn, from, to],
  );
  const latestToggle = useRef(onToggle);
  latestToggle.current = onToggle;
  const toggle = useCallback((row: TableRow) => latestToggle.current(row), []);
  const span = visible.length + 3;

  return (
    <section
      ref={scroller}
      aria-label="Runs"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="relative max-h-[calc(100dvh-9.5rem)] max-sm:max-h-[calc(100dvh-16rem)] overflow-auto rounded-lg border border-line bg-card"
      style={{ minHeight: Math.min(MOST_HELD, HEAD + rows.length * ROW) }}
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
              <RunsLine
                key={row.key}
                row={row}
                index={index}
                picked={picked}
                columns={visible}
                onChoose={onChoose}
                onToggle={toggle}
              />
            );
          })}
          <Spacer height={below} span={span} />
        </tbody>
      </table>
    </section>
  );
}

const widthOf = (columns: readonly TableColumn[]): number =>
  columns.reduce((sum, { width }) => sum + width, 0);

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
