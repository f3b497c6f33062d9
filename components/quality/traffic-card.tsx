"use client";

import { useMemo } from "react";
import { LineLane } from "@/components/charts/line-lane";
import { type Lane, TimeFrame } from "@/components/charts/time-frame";
import { VolumeLane } from "@/components/charts/volume-lane";
import { bucketName } from "@/components/report/bucket-facts";
import { BucketSwitch } from "@/components/report/bucket-switch";
import { type ChangeView, wireWindow } from "@/components/report/view";
import { Card } from "@/components/ui/card";
import {
  formatCompact,
  formatCount,
  formatMs,
  formatShare,
  formatValue,
  formatWindow,
} from "@/lib/charts/format";
import { domainOf, heightOf, roundTicks } from "@/lib/charts/scale";
import { alignTo, prepareAxis, type TimeAxis } from "@/lib/charts/time-axis";
import type { QualityReport } from "@/lib/quality/schema";
import type { Window } from "@/lib/wire";
import type { QualityView } from "./view";

type Row = QualityReport["buckets"][number];

/** Volume, failed share and latency on one axis, under one brush. */
export function TrafficCard({
  series,
  window,
  view,
  onChange,
}: {
  series: QualityReport;
  window: Window;
  view: QualityView;
  onChange: ChangeView<QualityView>;
}) {
  const axis = useMemo(
    () =>
      prepareAxis(
        series.buckets.map(({ start }) => start),
        series.bucket,
      ),
    [series],
  );
  const rows = useMemo(() => (axis ? alignTo(axis, series.buckets) : []), [axis, series]);
  const lanes = useMemo(() => prepareLanes(rows), [rows]);
  if (!axis) return null;
  return (
    <Card className="mb-3.5" aria-label="Traffic">
      <TimeFrame
        axis={axis}
        lanes={lanes}
        label={`Predictions, failed share and latency per ${series.bucket}.`}
        selection={{ from: Date.parse(window.from), to: Date.parse(window.to) }}
        selectionText={(span) => formatWindow(wireWindow(span))}
        onSelect={(span) => onChange(wireWindow(span))}
        tell={(index) => <Facts axis={axis} index={index} row={rows[index] ?? null} />}
      />
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-2 text-2xs text-mute">
        <span>latency: 95 % of the predictions took no longer, known to ±1.1 %</span>
        <span className="ml-auto">
          <BucketSwitch bucket={view.bucket} onChange={(bucket) => onChange({ bucket })} />
        </span>
      </div>
    </Card>
  );
}

function prepareLanes(rows: readonly (Row | null)[]): Lane[] {
  const max = Math.max(0, ...rows.map((row) => row?.n ?? 0));
  const volume: Lane = {
    key: "volume",
    height: 48,
    gapAbove: 0,
    label: <span className="text-soft">predictions</span>,
    marks: () => (max > 0 ? [{ y: 3, text: formatCompact(max) }] : []),
    draw: (size) => (
      <VolumeLane buckets={rows.map((row) => row && { ...row, labelled: row.n - row.errors })} {...size} />
    ),
  };
  return [
    volume,
    lineLane({
      key: "failed",
      label: "failed",
      values: rows.map((row) => (row && row.n > 0 ? row.errors / row.n : null)),
      format: formatShare,
      height: 32,
      zero: true,
    }),
    lineLane({
      key: "latency",
      label: "latency, p95, ms",
      values: rows.map((row) => row?.latency_p95_ms ?? null),
      format: (value) => formatValue(value, 3),
      height: 44,
      zero: false,
    }),
  ].filter((lane) => lane !== null);
}

function lineLane({
  key,
  label,
  values,
  format,
  height,
  zero,
}: {
  key: string;
  label: string;
  values: readonly (number | null)[];
  format: (value: number | null) => string;
  height: number;
  /** The scale begins at nothing: for shares that are rarely more. */
  zero: boolean;
}): Lane | null {
  const domain = domainOf(zero ? [0, ...values] : values);
  if (!domain || values.every((value) => value === null)) return null;
  const shown: typeof domain = zero ? [0, domain[1]] : domain;
  const ticks = roundTicks(shown, 2);
  return {
    key,
    height,
    gapAbove: 16,
    label: <span className="text-soft">{label}</span>,
    marks: (tall) => ticks.map((tick) => ({ y: heightOf(shown, tick, tall), text: format(tick) })),
    draw: (size) => (
      <LineLane
        points={values.map((value) => ({ value, ripe: true }))}
        domain={shown}
        ticks={ticks}
        {...size}
      />
    ),
  };
}

function Facts({ axis, index, row }: { axis: TimeAxis; index: number; row: Row | null }) {
  const facts: [string, string][] = row
    ? [
        ["predictions", formatCount(row.n)],
        ["failed", row.n > 0 ? `${formatCount(row.errors)} (${formatShare(row.errors / row.n)})` : "–"],
        ["latency, p95", formatMs(row.latency_p95_ms)],
      ]
    : [["predictions", "none"]];
  return (
    <>
      <p className="mb-1 font-semibold">{bucketName(axis, index)}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-3">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-mute">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
