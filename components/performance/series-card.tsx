"use client";

import { useMemo } from "react";
import { type Lane, TimeFrame } from "@/components/charts/time-frame";
import { BucketFacts } from "@/components/report/bucket-facts";
import { BucketSwitch } from "@/components/report/bucket-switch";
import { FiguresButton } from "@/components/report/figures-button";
import { coverageLane, labelLane, metricLane, volumeLane } from "@/components/report/metric-lanes";
import { type ChangeView, type ReportView, wireWindow } from "@/components/report/view";
import { Card } from "@/components/ui/card";
import { formatWindow, plural } from "@/lib/charts/format";
import { alignTo, prepareAxis } from "@/lib/charts/time-axis";
import { orderMetrics } from "@/lib/performance/reading";
import type { PerformanceReport } from "@/lib/performance/schema";
import type { Window } from "@/lib/wire";
import { seriesFigures } from "./series-figures";

/** Every metric over time on one axis, with the label share, coverage and volume, under one brush. */
export function SeriesCard({
  series,
  window,
  view,
  onChange,
}: {
  series: PerformanceReport;
  window: Window | null;
  view: ReportView;
  onChange: ChangeView<ReportView>;
}) {
  const axis = useMemo(
    () =>
      prepareAxis(
        series.series.map(({ start }) => start),
        series.bucket,
      ),
    [series],
  );
  const lanes = useMemo((): Lane[] => {
    if (!axis) return [];
    const metrics = orderMetrics(series).map((name, index) =>
      metricLane({
        axis,
        report: series,
        name,
        height: index === 0 ? 72 : 30,
        gapAbove: index === 0 ? 0 : 12,
      }),
    );
    return [
      ...metrics,
      labelLane(axis, series, 12),
      coverageLane(axis, series.series, 12),
      volumeLane(axis, series.series, 10),
    ].filter((lane) => lane !== null);
  }, [axis, series]);
  if (!axis) return null;
  const rows = alignTo(axis, series.series);
  const unripe = rows.filter((row) => row && row.n > 0 && !row.ripe).length;

  return (
    <Card className="mb-3.5">
      <TimeFrame
        axis={axis}
        lanes={lanes}
        label={`Metrics per ${series.bucket}, with the label share, the share of labelled predictions and their number.`}
        selection={window ? { from: Date.parse(window.from), to: Date.parse(window.to) } : null}
        selectionText={(span) => formatWindow(wireWindow(span))}
        onSelect={(span) => onChange(wireWindow(span))}
        tell={(index) => (
          <BucketFacts axis={axis} index={index} features={[]} row={rows[index] ?? null} report={series} />
        )}
      />
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2 text-2xs text-mute">
        <span>grey band: where chance alone moves the metric around its baseline; dots: the baseline</span>
        {unripe > 0 ? (
          <span>dashed and pale: labels not in yet ({plural(unripe, series.bucket)})</span>
        ) : null}
        <span className="ml-auto flex items-center gap-3">
          <FiguresButton figures={() => seriesFigures(axis, rows, series)}>As a table</FiguresButton>
          <BucketSwitch bucket={view.bucket} onChange={(bucket) => onChange({ bucket })} />
        </span>
      </div>
    </Card>
  );
}
