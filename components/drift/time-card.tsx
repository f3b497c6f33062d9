"use client";

import { useMemo, useState } from "react";
import { HeatLegend } from "@/components/charts/heat-legend";
import { TimeFrame } from "@/components/charts/time-frame";
import { BucketFacts } from "@/components/report/bucket-facts";
import { BucketSwitch } from "@/components/report/bucket-switch";
import { FiguresButton } from "@/components/report/figures-button";
import { labelLane, metricLane, volumeLane } from "@/components/report/metric-lanes";
import { type ChangeView, type DriftView, wireWindow } from "@/components/report/view";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { formatWindow, plural } from "@/lib/charts/format";
import { alignTo, prepareAxis } from "@/lib/charts/time-axis";
import { prepareHeatmap } from "@/lib/drift/ranking";
import { referenceName } from "@/lib/drift/reference-name";
import type { DriftReport, DriftTimeline } from "@/lib/drift/schema";
import type { PerformanceReport } from "@/lib/performance/schema";
import type { Window } from "@/lib/wire";
import { heatLanes } from "./heat-lanes";
import { timeFigures } from "./time-figures";

/** More rows than this are folded: the moved ones are on top. */
const CAP = 20;
/** From here on a cell may be narrower than can be seen. */
const MANY = 200;

/** Everything that has time on one axis: features, metric, label, volume, under one brush. */
export function TimeCard({
  timeline,
  series,
  report,
  window,
  view,
  chosen,
  onChange,
}: {
  timeline: DriftTimeline;
  series: PerformanceReport | undefined;
  report: DriftReport;
  window: Window | null;
  view: DriftView;
  chosen: string | null;
  onChange: ChangeView<DriftView>;
}) {
  const [all, setAll] = useState(false);
  const axis = useMemo(
    () =>
      prepareAxis(
        [...timeline.buckets, ...(series?.bucket === timeline.bucket ? series.series : [])].map(
          ({ start }) => start,
        ),
        timeline.bucket,
      ),
    [timeline, series],
  );
  const heatmap = useMemo(
    () => prepareHeatmap({ timeline, report, cap: all ? Number.POSITIVE_INFINITY : CAP, chosen }),
    [timeline, report, all, chosen],
  );
  const performance = series?.bucket === timeline.bucket ? series : undefined;
  const lanes = useMemo(() => {
    if (!axis) return [];
    return [
      ...heatLanes({
        axis,
        timeline,
        features: heatmap.rows,
        chosen,
        onChoose: (feature) => onChange({ feature }),
      }),
      performance?.primary
        ? metricLane({ axis, report: performance, name: performance.primary, height: 52, gapAbove: 14 })
        : null,
      performance ? labelLane(axis, performance, 12) : null,
      performance ? volumeLane(axis, performance.series, 12) : null,
    ].filter((lane) => lane !== null);
  }, [axis, timeline, heatmap, chosen, onChange, performance]);
  if (!axis) return null;

  const rows = performance ? alignTo(axis, performance.series) : [];
  const unripe = rows.filter((row) => row && row.n > 0 && !row.ripe).length;
  const selection = window ? { from: Date.parse(window.from), to: Date.parse(window.to) } : null;
  const places = alignTo(
    axis,
    timeline.buckets.map((bucket, index) => ({ start: bucket.start, index })),
  );

  return (
    <Card className="mb-3.5">
      <TimeFrame
        axis={axis}
        lanes={lanes}
        label={`Distance from ${referenceName(report.reference)} per feature and ${timeline.bucket}, with the metric, the label share and the number of predictions on the same axis.`}
        selection={selection}
        selectionText={(span) => formatWindow(wireWindow(span))}
        onSelect={(span) => onChange(wireWindow(span))}
        tell={(index) => {
          const at = places[index]?.index;
          const facts = heatmap.rows.map(({ name, effect, band }) => ({
            name,
            effect: at === undefined ? null : (effect[at] ?? null),
            band: at === undefined ? null : (band[at] ?? null),
          }));
          const furthest = [...facts].sort((a, b) => (b.effect ?? -1) - (a.effect ?? -1)).slice(0, 3);
          const own = facts.filter(
            ({ name }) => name === chosen && !furthest.some((fact) => fact.name === name),
          );
          return (
            <BucketFacts
              axis={axis}
              index={index}
              features={[...furthest, ...own]}
              row={rows[index] ?? null}
              report={performance}
            />
          );
        }}
      />
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2">
        <HeatLegend />
        {heatmap.hidden > 0 || all ? (
          <Button size="sm" tone="ghost" onClick={() => setAll(!all)}>
            {all ? `Show the first ${CAP}` : `Show all ${timeline.features.length}`}
          </Button>
        ) : null}
        {axis.count > MANY ? (
          <span className="text-2xs text-mute">
            narrow cells share a column, which shows the largest of them
          </span>
        ) : null}
        {unripe > 0 ? (
          <span className="text-2xs text-mute">
            dashed: labels not in yet ({plural(unripe, timeline.bucket)})
          </span>
        ) : null}
        <span className="ml-auto flex items-center gap-3">
          <FiguresButton
            figures={() => timeFigures({ axis, timeline, features: heatmap.rows, rows, report: performance })}
          >
            As a table
          </FiguresButton>
          <BucketSwitch bucket={view.bucket} onChange={(bucket) => onChange({ bucket })} />
        </span>
      </div>
      {timeline.reason ? <p className="mt-1 text-mute text-xs">{timeline.reason}</p> : null}
    </Card>
  );
}
