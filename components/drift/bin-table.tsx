"use client";

import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatScore, formatValue } from "@/lib/charts/format";
import type { FeatureDrift, Histogram } from "@/lib/drift/schema";

/** The drawn counts as figures. */
export function BinTable({ feature, histogram }: { feature: FeatureDrift; histogram: Histogram }) {
  const numbers = histogram.edges.length > 0;
  const names = numbers
    ? histogram.edges
        .slice(1)
        .map((edge, index) => `${formatValue(histogram.edges[index] ?? null)} to ${formatValue(edge)}`)
    : histogram.categories;
  return (
    <Dialog>
      <DialogTrigger className="text-accent hover:underline">Counts as a table</DialogTrigger>
      <DialogContent title={`${feature.name}: counts per ${numbers ? "bin" : "category"}`}>
        <Table label="Counts on both sides">
          <thead>
            <tr>
              <Th>{numbers ? (feature.unit ?? "bin") : "category"}</Th>
              <Th numeric>reference</Th>
              <Th numeric>current</Th>
              <Th numeric>adds to PSI</Th>
            </tr>
          </thead>
          <tbody>
            {names.map((name, index) => (
              <tr key={name}>
                <Td>{name}</Td>
                <Td numeric>{formatCount(histogram.reference[index] ?? null)}</Td>
                <Td numeric>{formatCount(histogram.current[index] ?? null)}</Td>
                <Td numeric>{formatScore(histogram.psi_contribution[index] ?? null, 4)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </DialogContent>
    </Dialog>
  );
}
