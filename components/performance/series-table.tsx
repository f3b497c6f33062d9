"use client";

import { bucketName } from "@/components/report/bucket-facts";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatMetric, formatShare } from "@/lib/charts/format";
import type { TimeAxis } from "@/lib/charts/time-axis";
import { metricName } from "@/lib/models/metric";
import { orderMetrics } from "@/lib/performance/reading";
import type { PerformanceReport } from "@/lib/performance/schema";

/** The same axis as figures. */
export function SeriesTable({
  axis,
  rows,
  report,
}: {
  axis: TimeAxis;
  rows: readonly (PerformanceReport["series"][number] | null)[];
  report: PerformanceReport;
}) {
  const metrics = orderMetrics(report);
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button size="sm" tone="ghost">
          As a table
        </Button>
      </DialogTrigger>
      <DialogContent title={`Metrics per ${axis.bucket}`} className="w-[min(72rem,calc(100vw-1.5rem))]">
        <Table label="Metrics per bucket" className="text-xs">
          <thead>
            <tr>
              <Th>{axis.bucket}</Th>
              {metrics.map((name) => (
                <Th key={name} numeric>
                  {metricName(name)}
                </Th>
              ))}
              <Th numeric>label</Th>
              <Th numeric>n</Th>
              <Th numeric>labelled</Th>
              <Th numeric>failed</Th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the axis
              <tr key={index}>
                <Td className="whitespace-nowrap">
                  {bucketName(axis, index)}
                  {row && row.n > 0 && !row.ripe ? <span className="text-mute"> labels not in</span> : null}
                </Td>
                {metrics.map((name) => (
                  <Td key={name} numeric>
                    {formatMetric(row?.metrics[name] ?? null)}
                  </Td>
                ))}
                <Td numeric>
                  {report.task === "regression"
                    ? formatMetric(row?.label_mean ?? null)
                    : formatShare(row?.label_mean ?? null)}
                </Td>
                <Td numeric>{formatCount(row?.n ?? 0)}</Td>
                <Td numeric>{formatShare(row?.coverage ?? null)}</Td>
                <Td numeric>{formatCount(row?.errors ?? 0)}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </DialogContent>
    </Dialog>
  );
}
