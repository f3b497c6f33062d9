import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { formatCount, formatMetric, formatShare, plural } from "@/lib/charts/format";
import { metricName } from "@/lib/models/metric";
import type { VersionSummary } from "@/lib/models/schema";
import { driftWords, errorShare } from "@/lib/models/verdict";
import { MetricBand } from "./metric-band";

/** The latest week in five numbers, each with the count it rests on. */
export function KeyNumbers({ summary: { health, baseline } }: { summary: VersionSummary }) {
  if (!health) return null;
  const { metric } = health;
  const answered = health.n - health.errors;
  return (
    <Card className="mb-3.5" aria-label="Key numbers of the latest week">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-[1fr_1fr_1fr_1fr_1.4fr]">
        <Figure name="Predictions" rests="in the latest week with data">
          {formatCount(health.n)}
        </Figure>
        <Figure name="Failed" rests={`${formatCount(health.errors)} of ${formatCount(health.n)}`}>
          {formatShare(errorShare(health))}
        </Figure>
        <Figure name="Labelled" rests={`${formatCount(health.labelled)} of ${formatCount(answered)}`}>
          {formatShare(answered > 0 ? health.labelled / answered : null)}
        </Figure>
        <Figure
          name="Drift"
          rests={
            health.drift_detected === null
              ? "see above"
              : baseline
                ? `against ${plural(baseline.rows, "row")} of baseline`
                : "against the baseline"
          }
        >
          {driftWords(health)}
        </Figure>
        <Figure
          name={metric ? metricName(metric.name) : "Metric"}
          rests={
            metric?.value == null
              ? "comes with the labels"
              : `on ${formatCount(health.labelled)} labelled; ${metric.band ? `chance: ${formatMetric(metric.band[0])} to ${formatMetric(metric.band[1])}` : "no band without a labelled baseline"}`
          }
        >
          <span className="flex items-center gap-3">
            {metric ? formatMetric(metric.value) : "–"}
            {metric ? <MetricBand metric={metric} /> : null}
          </span>
        </Figure>
      </dl>
    </Card>
  );
}

function Figure({ name, rests, children }: { name: string; rests: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-mute text-xs">{name}</dt>
      <dd>
        <span className="block text-verdict">{children}</span>
        <span className="block text-mute text-xs">{rests}</span>
      </dd>
    </div>
  );
}
