"use client";

import { bucketName } from "@/components/report/bucket-facts";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatMetric, formatScore, formatShare } from "@/lib/charts/format";
import { alignTo, type TimeAxis } from "@/lib/charts/time-axis";
import type { DriftTimeline, TimelineRow } from "@/lib/drift/schema";
import { metricName } from "@/lib/models/metric";
import type { PerformanceReport } from "@/lib/performance/schema";

/** The same axis as figures, for who cannot or would rather not read it as a picture. */
export function TimeTable({
  axis,
  timeline,
  features,
  rows,
  report,
}: {
  axis: TimeAxis;
  timeline: DriftTimeline;
  features: readonly TimelineRow[];
  rows: readonly (PerformanceReport["series"][number] | null)[];
  report: PerformanceReport | undefined;
}) {
  const primary = report?.primary ?? null;
  const places = alignTo(
    axis,
    timeline.buckets.map((bucket, index) => ({ start: bucket.start, index })),
  );
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button size="sm" tone="ghost">
          As a table
        </Button>
      </DialogTrigger>
      <DialogContent title="Distance per bucket" className="w-[min(72rem,calc(100vw-1.5rem))]">
        <Table label="Distance, metric and volume per bucket" className="text-xs">
          <thead>
            <tr>
              <Th>{axis.bucket}</Th>
              {features.map(({ name }) => (
                <Th key={name} numeric>
                  {name}
                </Th>
              ))}
              {primary ? <Th numeric>{metricName(primary)}</Th> : null}
              <Th numeric>label</Th>
              <Th numeric>n</Th>
              <Th numeric>labelled</Th>
              <Th numeric>failed</Th>
            </tr>
          </thead>
          <tbody>
            {places.map((place, index) => {
              const row = rows[index];
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the axis
                <tr key={index}>
                  <Td className="whitespace-nowrap">{bucketName(axis, index)}</Td>
                  {features.map(({ name, effect }) => (
                    <Td key={name} numeric>
                      {formatScore(place ? (effect[place.index] ?? null) : null)}
                    </Td>
                  ))}
                  {primary ? (
                    <Td numeric>
                      {formatMetric(row?.metrics[primary] ?? null)}
                      {row && !row.ripe ? " (labels not in)" : ""}
                    </Td>
                  ) : null}
                  <Td numeric>
                    {report?.task === "regression"
                      ? formatMetric(row?.label_mean ?? null)
                      : formatShare(row?.label_mean ?? null)}
                  </Td>
                  <Td numeric>{formatCount(row?.n ?? 0)}</Td>
                  <Td numeric>{formatCount(row?.labelled ?? 0)}</Td>
                  <Td numeric>{formatCount(row?.errors ?? 0)}</Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      </DialogContent>
    </Dialog>
  );
}
