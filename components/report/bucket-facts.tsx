import {
  formatClock,
  formatCount,
  formatDay,
  formatMetric,
  formatScore,
  formatShare,
  formatWindow,
} from "@/lib/charts/format";
import { bucketSpan, type TimeAxis } from "@/lib/charts/time-axis";
import { metricName } from "@/lib/models/metric";
import type { PerformanceReport } from "@/lib/performance/schema";
import { wireWindow } from "./view";

export type FeatureFact = { name: string; effect: number | null; band: number | null };

/** What one bucket of the axis holds, for the tooltip. */
export function BucketFacts({
  axis,
  index,
  features,
  row,
  report,
}: {
  axis: TimeAxis;
  index: number;
  /** The distances worth naming: the chosen feature, and the furthest of this bucket. */
  features: readonly FeatureFact[];
  row: PerformanceReport["series"][number] | null;
  report: PerformanceReport | undefined;
}) {
  const primary = report?.primary ?? null;
  return (
    <>
      <p className="mb-1 font-semibold">{bucketName(axis, index)}</p>
      <dl className="grid grid-cols-[1fr_auto] gap-x-3">
        {features.map(({ name, effect, band }) => (
          <Fact
            key={name}
            name={name}
            value={effect === null ? "nothing measured" : formatScore(effect)}
            note={effect !== null && band !== null && effect <= band ? "chance" : null}
          />
        ))}
        {row && primary ? (
          <Fact
            name={metricName(primary)}
            value={formatMetric(row.metrics[primary] ?? null)}
            note={row.ripe ? null : "labels not in"}
          />
        ) : null}
        {row && row.label_mean !== null ? (
          <Fact
            name={
              report?.task === "regression"
                ? "mean label"
                : `share of ${report?.positive_class ?? "positive"}`
            }
            value={report?.task === "regression" ? formatMetric(row.label_mean) : formatShare(row.label_mean)}
          />
        ) : null}
        {row ? (
          <>
            <Fact name="predictions" value={formatCount(row.n)} />
            <Fact name="labelled" value={formatShare(row.coverage)} />
            {row.errors > 0 ? <Fact name="failed" value={formatCount(row.errors)} /> : null}
          </>
        ) : (
          <Fact name="predictions" value="none" />
        )}
      </dl>
    </>
  );
}

function Fact({ name, value, note }: { name: string; value: string; note?: string | null }) {
  return (
    <>
      <dt className="truncate text-mute">{name}</dt>
      <dd className="text-right">
        {value}
        {note ? <span className="ml-1 text-2xs text-mute">{note}</span> : null}
      </dd>
    </>
  );
}

export function bucketName(axis: TimeAxis, index: number): string {
  const span = bucketSpan(axis, index);
  if (axis.bucket === "hour") return `${formatDay(span.from)} ${formatClock(span.from)} UTC`;
  return formatWindow(wireWindow(span));
}
