import { bucketName } from "@/components/report/bucket-facts";
import type { Figures } from "@/components/report/figures-dialog";
import { formatCount, formatMetric, formatShare } from "@/lib/charts/format";
import type { TimeAxis } from "@/lib/charts/time-axis";
import { metricName } from "@/lib/models/metric";
import { orderMetrics } from "@/lib/performance/reading";
import type { PerformanceReport } from "@/lib/performance/schema";

/** The series as figures: a row per bucket, a column per metric. */
export function seriesFigures(
  axis: TimeAxis,
  rows: readonly (PerformanceReport["series"][number] | null)[],
  report: PerformanceReport,
): Figures {
  const metrics = orderMetrics(report);
  const label = report.task === "regression" ? formatMetric : formatShare;
  return {
    title: `Metrics per ${axis.bucket}`,
    header: [
      axis.bucket,
      ...metrics.map(metricName),
      "label",
      "predictions",
      "labelled",
      "failed",
      "labels in",
    ],
    rows: rows.map((row, index) => [
      bucketName(axis, index),
      ...metrics.map((name) => formatMetric(row?.metrics[name] ?? null)),
      label(row?.label_mean ?? null),
      formatCount(row?.n ?? 0),
      formatShare(row?.coverage ?? null),
      formatCount(row?.errors ?? 0),
      row && row.n > 0 && !row.ripe ? "not yet" : "yes",
    ]),
  };
}
