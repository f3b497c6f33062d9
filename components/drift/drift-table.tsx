"use client";

import { ArrowDown, ArrowUp, Download } from "lucide-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatValue } from "@/lib/charts/format";
import type { DriftReport } from "@/lib/drift/schema";
import { DRIFT_COLUMNS, type DriftSort, nextSort, prepareDriftRows, sortDriftRows } from "./drift-columns";
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
  const [sort, setSort] = useState<DriftSort | null>(null);
  const rows = useMemo(() => sortDriftRows(prepareDriftRows(report), sort), [report, sort]);
  const floors = new Set(report.features.map(({ effect_floor }) => effect_floor));

  return (
    <Card>
      <Table label="Features by distance" onKeyDown={moveFocus}>
        <thead>
          <tr>
            {DRIFT_COLUMNS.map(({ id, header, numeric, wideOnly }) => {
              const direction = sort?.id === id ? sort.direction : null;
              return (
                <Th
                  key={id}
                  numeric={numeric ?? false}
                  className={wideOnly ? "max-sm:hidden" : undefined}
                  aria-sort={direction === null ? "none" : direction === "asc" ? "ascending" : "descending"}
                >
                  <button
                    type="button"
                    onClick={() => setSort(nextSort(sort, id))}
                    className="inline-flex items-center gap-0.5 rounded-sm hover:text-ink"
                  >
                    {header}
                    {direction === "asc" ? <ArrowUp aria-hidden="true" className="size-3" /> : null}
                    {direction === "desc" ? <ArrowDown aria-hidden="true" className="size-3" /> : null}
                  </button>
                </Th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { name } = row.feature;
            return (
              <tr
                key={`${row.output} ${name}`}
                aria-selected={name === chosen}
                onClick={() => onChoose(name)}
                className="cursor-pointer hover:bg-hover aria-selected:bg-hover"
              >
                {DRIFT_COLUMNS.map(({ id, cell, numeric, wideOnly }) => (
                  <Td
                    key={id}
                    numeric={numeric ?? false}
                    className={cn(id === "rank" && "pt-2", wideOnly && "max-sm:hidden")}
                  >
                    {id === "feature" ? (
                      <button type="button" data-row aria-pressed={name === chosen} className="text-left">
                        {cell(row)}
                      </button>
                    ) : (
                      cell(row)
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
