"use client";

import { cn } from "@/components/ui/cn";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Table, Td, Th } from "@/components/ui/table";

export type Figures = {
  title: string;
  /** The first column names the row, all others are figures. */
  header: readonly string[];
  rows: readonly (readonly string[])[];
};

/** What a chart shows, as figures. */
export default function FiguresDialog({ title, header, rows, onClose }: Figures & { onClose: () => void }) {
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent title={title} className={cn(header.length > 5 && "w-[min(72rem,calc(100vw-1.5rem))]")}>
        <Table label={title} className="text-xs">
          <thead>
            <tr>
              {header.map((name, column) => (
                <Th key={name} numeric={column > 0}>
                  {name}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row[0]}>
                {row.map((cell, column) => (
                  <Td key={header[column]} numeric={column > 0} className="whitespace-nowrap">
                    {cell}
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </DialogContent>
    </Dialog>
  );
}
