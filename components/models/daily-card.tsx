import { Card, CardTitle } from "@/components/ui/card";
import { LineSparkline, VolumeSparkline } from "@/components/ui/sparkline";
import { formatCompact, formatDay, formatMetric, plural } from "@/lib/charts/format";
import { fillDays } from "@/lib/models/days";
import { metricName } from "@/lib/models/metric";
import type { VersionSummary } from "@/lib/models/schema";

/** Metric and volume day by day on one axis: when it began, at a glance. */
export function DailyCard({ summary }: { summary: VersionSummary }) {
  const axis = fillDays(summary.sparkline);
  if (!axis) return null;
  const { days, from, to } = axis;
  const metric = summary.health?.metric;
  const values = days.map((day) => day?.metric ?? null);
  const known = values.filter((value) => value !== null);
  const volumes = days.map((day) => day?.n ?? null);
  const span = `${plural(days.length, "day")}, ${formatDay(from)} to ${formatDay(to)}`;
  return (
    <Card aria-label="Day by day">
      <CardTitle note={span}>Day by day</CardTitle>
      <div className="grid grid-cols-[5.5rem_minmax(0,1fr)_3rem] items-center gap-x-3 gap-y-3">
        {known.length > 0 && metric ? (
          <>
            <span className="text-right text-xs">
              {metricName(metric.name)}
              {metric.baseline !== null ? (
                <span className="block text-mute">baseline {formatMetric(metric.baseline)}</span>
              ) : null}
            </span>
            <LineSparkline
              values={values}
              line={metric.baseline}
              label={`${metricName(metric.name)} per day over ${span}: between ${formatMetric(Math.min(...known))} and ${formatMetric(Math.max(...known))}`}
              className="h-20"
            />
            <span className="flex h-20 flex-col justify-between text-2xs text-mute">
              <span>{formatMetric(Math.max(...known, metric.baseline ?? Number.NEGATIVE_INFINITY))}</span>
              <span>{formatMetric(Math.min(...known, metric.baseline ?? Number.POSITIVE_INFINITY))}</span>
            </span>
          </>
        ) : (
          <p className="col-span-3 text-mute">
            {summary.labelled === 0
              ? "The metric joins the volume here when labels come in."
              : "No day has enough labels for the metric yet."}
          </p>
        )}
        <span className="text-right text-xs">predictions</span>
        <VolumeSparkline
          values={volumes}
          parts={days.map((day) => day?.labelled ?? 0)}
          label={`Predictions per day over ${span}, at most ${formatCompact(Math.max(...volumes.map((n) => n ?? 0)))}`}
          className="h-12"
        />
        <span className="flex h-12 flex-col justify-between text-2xs text-mute">
          <span>{formatCompact(Math.max(...volumes.map((n) => n ?? 0)))}</span>
          <span>0</span>
        </span>
        <span />
        <span className="-mt-2 flex justify-between text-2xs text-mute">
          <span>{formatDay(from)}</span>
          <span>{formatDay(to)}</span>
        </span>
      </div>
      <p className="mt-2 text-mute text-xs">
        Dark bars: labelled; pale: not labelled yet; a gap: nothing was logged.
      </p>
    </Card>
  );
}
