import { bucketName } from "@/components/report/bucket-facts";
import type { Figures } from "@/components/report/figures-dialog";
import { formatCount, formatMetric, formatScore, formatShare } from "@/lib/charts/format";
import { alignTo, type TimeAxis } from "@/lib/charts/time-axis";
import type { DriftTimeline, TimelineRow } from "@/lib/drift/schema";
import { metricName } from "@/lib/models/metric";
import type { PerformanceReport } from "@/lib/performance/schema";

/** The time axis as figures: a row per bucket, a column per feature drawn. */
export function timeFigures(args: {
  axis: TimeAxis;
  timeline: DriftTimeline;
  features: readonly TimelineRow[];
  rows: readonly (PerformanceReport["series"][number] | null)[];
  report: PerformanceReport | undefined;
}): Figures {
  const { axis, timeline, features, rows, report } = args;
  const primary = report?.primary ?? null;
  const label = report?.task === "regression" ? formatMetric : formatShare;
  const places = alignTo(
    axis,
    timeline.buckets.map((bucket, index) => ({ start: bucket.start, index })),
  );
  return {
    title: `Distance per ${axis.bucket}`,
    header: [
      axis.bucket,
      ...features.map(({ name }) => name),
      ...(primary ? [metricName(primary)] : []),
      "label",
      "predictions",
      "labelled",
      "failed",
    ],
    rows: places.map((place, index) => {
      const row = rows[index];
      const metric = primary ? formatMetric(row?.metrics[primary] ?? null) : null;
      return [
        bucketName(axis, index),
        ...features.map(({ effect }) => formatScore(place ? (effect[place.index] ?? null) : null)),
        ...(metric === null ? [] : [row && row.n > 0 && !row.ripe ? `${metric} (labels not in)` : metric]),
        label(row?.label_mean ?? null),
        formatCount(row?.n ?? 0),
        formatCount(row?.labelled ?? 0),
        formatCount(row?.errors ?? 0),
      ];
    }),
  };
}
