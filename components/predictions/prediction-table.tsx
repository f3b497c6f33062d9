"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { Th } from "@/components/ui/table";
import type { VersionSchema } from "@/lib/models/schema";
import type { LoggedPrediction } from "@/lib/predictions/schema";
import { prepareColumns } from "./prediction-columns";

const ROW = 31;
/** Rows before the end at which the next page is fetched. */
const AHEAD = 40;

/** Rows as logged. Only those in sight are in the document; the next page comes before the end is reached. */
export function PredictionTable({
  rows,
  schema,
  open,
  onOpen,
  more,
  fetchMore,
}: {
  rows: readonly LoggedPrediction[];
  schema: VersionSchema;
  open: string | null;
  onOpen: (id: string) => void;
  more: boolean;
  fetchMore: () => void;
}) {
  const scroller = useRef<HTMLElement>(null);
  const columns = useMemo(() => prepareColumns(schema), [schema]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    // The server's HTML holds the first rows, before there is a height to fill.
    initialRect: { width: 1200, height: 640 },
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - AHEAD) fetchMore();
  }, [more, last, rows.length, fetchMore]);

  const place = open === null ? -1 : rows.findIndex(({ id }) => id === open);
  const opened = useRef(-1);
  useEffect(() => {
    if (place >= 0) {
      opened.current = place;
      virtual.scrollToIndex(place);
      return;
    }
    const closed = opened.current;
    opened.current = -1;
    // After the drawer has given the page back.
    if (open === null && closed >= 0) setTimeout(() => focusRow(scroller.current, closed), 0);
  }, [open, place, virtual]);

  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const above = shown[0]?.start ?? 0;
  const below = Math.max(0, virtual.getTotalSize() - (shown.at(-1)?.end ?? 0));

  return (
    <section
      ref={scroller}
      aria-label="Predictions"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      // relative: what only a screen reader hears must not make the page longer
      className="relative max-h-[calc(100dvh-15rem)] min-h-72 overflow-auto rounded-lg border border-line bg-card"
    >
      <table
        aria-rowcount={more ? -1 : rows.length + 1}
        className="w-full table-fixed border-collapse text-sm"
        style={{ minWidth: width }}
        onKeyDown={(event) => walk(event, (index) => virtual.scrollToIndex(index))}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10 bg-card">
          <tr aria-rowindex={1}>
            {columns.map(({ id, header, numeric }) => (
              <Th key={id} numeric={numeric} className="truncate px-2.5" title={header}>
                {header}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={above} columns={columns.length} />
          {shown.map(({ index }) => {
            const row = rows[index]!;
            const { id } = row;
            return (
              <tr
                key={`${index} ${id}`}
                aria-rowindex={index + 2}
                onClick={() => onOpen(id)}
                className={cn("cursor-pointer hover:bg-hover", open === id && "bg-selected")}
                style={{ height: ROW }}
              >
                {columns.map(({ id: column, numeric, cell }, place) => {
                  const content = cell(row);
                  return (
                    <td
                      key={column}
                      className={cn(
                        "truncate border-line-soft border-b px-2.5",
                        numeric ? "text-right" : "text-left",
                      )}
                    >
                      {place === 0 ? (
                        <button
                          type="button"
                          data-index={index}
                          aria-haspopup="dialog"
                          className="rounded-sm"
                        >
                          {content}
                          <span className="sr-only">, open {id}</span>
                        </button>
                      ) : (
                        content
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
          <Spacer height={below} columns={columns.length} />
        </tbody>
      </table>
    </section>
  );
}

/** Holds the place of rows that are out of sight. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height === 0) return null;
  return (
    <tr>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

/** Up and down walk through the rows' buttons, and bring what is out of sight into it. */
function walk(event: KeyboardEvent<HTMLTableElement>, show: (index: number) => void) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const at = (document.activeElement as HTMLElement | null)?.dataset.index;
  if (step === 0 || at === undefined) return;
  event.preventDefault();
  const next = Number(at) + step;
  const table = event.currentTarget;
  if (next < 0) return;
  show(next);
  requestAnimationFrame(() => focusRow(table, next));
}

function focusRow(within: HTMLElement | null, index: number) {
  within?.querySelector<HTMLButtonElement>(`button[data-index="${index}"]`)?.focus();
}
