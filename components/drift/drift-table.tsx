"use client";

import {
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  type SortingState,
  useReactTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp, Download } from "lucide-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatValue } from "@/lib/charts/format";
import type { DriftReport } from "@/lib/drift/schema";
import { DRIFT_COLUMNS, prepareDriftRows } from "./drift-columns";
import { driftCsv } from "./drift-csv";
import { saveFile } from "./save-file";

/** Every feature by how far it moved; a quiet one looks quiet. */
export function DriftTable({
  report,
  chosen,
  onChoose,
}: {
  report: DriftReport;
  chosen: string | null;
  onChoose: (name: string) => void;
}) {
  const [sorting, setSorting] = useState<SortingState>([]);
  const data = useMemo(() => prepareDriftRows(report), [report]);
  const table = useReactTable({
    data,
    columns: DRIFT_COLUMNS,
    state: { sorting },
    onSortingChange: setSorting,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
    sortDescFirst: true,
  });
  const floors = new Set(report.features.map(({ effect_floor }) => effect_floor));

  return (
    <Card>
      <Table label="Features by distance" onKeyDown={moveFocus}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map(({ id, column, getContext }) => {
                const sorted = column.getIsSorted();
                return (
                  <Th
                    key={id}
                    numeric={NUMERIC.has(id)}
                    className={WIDE_ONLY.has(id) ? "max-sm:hidden" : undefined}
                    aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"}
                  >
                    <button
                      type="button"
                      onClick={column.getToggleSortingHandler()}
                      className="inline-flex items-center gap-0.5 rounded-sm hover:text-ink"
                    >
                      {flexRender(column.columnDef.header, getContext())}
                      {sorted === "asc" ? <ArrowUp aria-hidden="true" className="size-3" /> : null}
                      {sorted === "desc" ? <ArrowDown aria-hidden="true" className="size-3" /> : null}
                    </button>
                  </Th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => {
            const { name } = row.original.feature;
            return (
              <tr
                key={row.id}
                aria-selected={name === chosen}
                onClick={() => onChoose(name)}
                className="cursor-pointer hover:bg-hover aria-selected:bg-hover"
              >
                {row.getVisibleCells().map((cell) => (
                  <Td
                    key={cell.id}
                    numeric={NUMERIC.has(cell.column.id)}
                    className={cn(
                      cell.column.id === "rank" && "pt-2",
                      WIDE_ONLY.has(cell.column.id) && "max-sm:hidden",
                    )}
                  >
                    {cell.column.id === "feature" ? (
                      <button type="button" data-row aria-pressed={name === chosen} className="text-left">
                        {flexRender(cell.column.columnDef.cell, cell.getContext())}
                      </button>
                    ) : (
                      flexRender(cell.column.columnDef.cell, cell.getContext())
                    )}
                  </Td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </Table>
      <p className="mt-2 text-mute text-xs">
        Orange: how far chance alone would carry a distance at n = {formatCount(report.window.n)} against{" "}
        {formatCount(report.reference.n)}. Grey tick: the floor
        {floors.size === 1 ? ` of ${formatValue([...floors][0] ?? null, 2)}` : ""} that was set. Distance is D
        for numbers, total variation for categories.
      </p>
      <Button
        size="sm"
        className="mt-2"
        onClick={() => saveFile(`${report.model}-${report.version}-drift.csv`, "text/csv", driftCsv(report))}
      >
        <Download aria-hidden="true" />
        Export CSV
      </Button>
    </Card>
  );
}

const NUMERIC = new Set(["distance", "psi", "q"]);
/** On a phone the verdict stands under the name, and these wait in the evidence. */
const WIDE_ONLY = new Set(["psi", "q", "verdict"]);

/** Up and down walk through the rows' buttons. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button[data-row]")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  if (at < 0) return;
  event.preventDefault();
  buttons[Math.min(Math.max(at + step, 0), buttons.length - 1)]?.focus();
}
