import { LineLane } from "@/components/charts/line-lane";
import type { Lane } from "@/components/charts/time-frame";
import { VolumeLane } from "@/components/charts/volume-lane";
import { formatCompact, formatMetric, formatShare } from "@/lib/charts/format";
import { domainOf, heightOf, roundTicks } from "@/lib/charts/scale";
import { alignTo, type TimeAxis } from "@/lib/charts/time-axis";
import { metricName } from "@/lib/models/metric";
import type { PerformanceReport } from "@/lib/performance/schema";

type Row = PerformanceReport["series"][number];

/** One metric over the buckets; the primary one with the band in which chance alone moves it. */
export function metricLane(args: {
  axis: TimeAxis;
  report: PerformanceReport;
  name: string;
  height: number;
  gapAbove: number;
}): Lane | null {
  const { axis, report, name, height, gapAbove } = args;
  const rows = alignTo(axis, report.series);
  const primary = name === report.primary;
  const baseline = report.baseline?.metrics[name] ?? null;
  const points = rows.map((row) => ({
    value: row?.metrics[name] ?? null,
    ripe: row?.ripe ?? true,
    band: primary ? (row?.band ?? null) : null,
  }));
  const domain = domainOf([...ripest(points), baseline]);
  if (!domain || points.every(({ value }) => value === null)) return null;
  const ticks = roundTicks(domain, Math.max(1, Math.round(height / 20)));
  return {
    key: `metric ${name}`,
    height,
    gapAbove,
    label: (
      <LaneLabel
        title={`${metricName(name)}, ${ADVERB[axis.bucket]}`}
        note={baseline === null ? null : `baseline ${formatMetric(baseline)}`}
      />
    ),
    marks: (tall) => ticks.map((tick) => ({ y: heightOf(domain, tick, tall), text: formatMetric(tick) })),
    draw: (size) => (
      <LineLane
        points={points}
        domain={domain}
        baseline={primary ? null : baseline}
        ticks={ticks}
        {...size}
      />
    ),
  };
}

/** Share of positive labels, or the mean label of a regression. */
export function labelLane(axis: TimeAxis, report: PerformanceReport, gapAbove: number): Lane | null {
  const rows = alignTo(axis, report.series);
  const points = rows.map((row) => ({ value: row?.label_mean ?? null, ripe: row?.ripe ?? true }));
  const domain = domainOf(ripest(points));
  if (!domain) return null;
  const share = report.task !== "regression";
  const ticks = roundTicks(domain, 2);
  const title = share ? `share of ${report.positive_class ?? "positive"}` : "mean label";
  return {
    key: "label",
    height: 36,
    gapAbove,
    label: <LaneLabel title={title} note="label" />,
    marks: (tall) =>
      ticks.map((tick) => ({
        y: heightOf(domain, tick, tall),
        text: share ? formatShare(tick) : formatMetric(tick),
      })),
    draw: (size) => <LineLane points={points} domain={domain} tone="second" ticks={ticks} {...size} />,
  };
}

/** Share of the answered predictions that have a label, bar by bar. */
export function coverageLane(axis: TimeAxis, rows: readonly Row[], gapAbove: number): Lane {
  // As volume of one: the dark part is what is labelled, the pale part what is awaited.
  const buckets = alignTo(axis, rows).map((row) =>
    row?.coverage == null ? null : { n: 1, labelled: row.coverage, errors: 0 },
  );
  return {
    key: "coverage",
    height: 22,
    gapAbove,
    label: <LaneLabel title="labelled" note="coverage" />,
    marks: (tall) => [
      { y: 2, text: "100 %" },
      { y: tall - 2, text: "0" },
    ],
    draw: (size) => <VolumeLane buckets={buckets} {...size} />,
  };
}

/** Predictions per bucket, with what is not labelled and what failed set apart. */
export function volumeLane(axis: TimeAxis, rows: readonly Row[], gapAbove: number): Lane {
  const buckets = alignTo(axis, rows);
  const max = Math.max(0, ...buckets.map((bucket) => bucket?.n ?? 0));
  return {
    key: "volume",
    height: 26,
    gapAbove,
    label: <LaneLabel title="predictions" note="pale: no label yet" />,
    marks: () => (max > 0 ? [{ y: 3, text: formatCompact(max) }] : []),
    draw: (size) => <VolumeLane buckets={buckets} {...size} />,
  };
}

/** An unripe bucket's first few labels must not stretch the scale of all others. */
function ripest(points: readonly { value: number | null; ripe: boolean }[]): (number | null)[] {
  const ripe = points.filter((point) => point.ripe && point.value !== null);
  return (ripe.length > 0 ? ripe : points).map(({ value }) => value);
}

const ADVERB = { hour: "hourly", day: "daily", week: "weekly" } as const;

function LaneLabel({ title, note }: { title: string; note: string | null }) {
  return (
    <span className="min-w-0 text-soft">
      <span className="block truncate max-sm:inline">{title}</span>
      {note ? (
        <span className="block truncate text-2xs text-mute max-sm:ml-1.5 max-sm:inline">{note}</span>
      ) : null}
    </span>
  );
}
