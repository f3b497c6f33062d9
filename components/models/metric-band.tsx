import { cn } from "@/components/ui/cn";
import { formatMetric } from "@/lib/charts/format";
import { metricStanding } from "@/lib/models/metric";
import type { MetricReading } from "@/lib/models/schema";

const WIDTH = 84;

/** A metric's place: the grey band is where chance alone moves it, the tick its baseline, the dot its value. */
export function MetricBand({ metric, className }: { metric: MetricReading; className?: string }) {
  const { value, baseline, band } = metric;
  if (value === null || baseline === null || band === null) return null;
  const reach = Math.max(...[value, ...band].map((each) => Math.abs(each - baseline))) * 1.25 || 1;
  const x = (each: number) => WIDTH / 2 + ((each - baseline) / reach) * (WIDTH / 2 - 4);
  const standing = metricStanding(metric);
  return (
    <svg
      role="img"
      aria-label={`${formatMetric(value)}; chance alone keeps it between ${formatMetric(band[0])} and ${formatMetric(band[1])}`}
      width={WIDTH}
      height={14}
      viewBox={`0 0 ${WIDTH} 14`}
      className={cn("shrink-0", className)}
    >
      <rect x={0} y={6} width={WIDTH} height={2} rx={1} className="fill-chart-grid" />
      <rect
        x={x(band[0])}
        y={3.5}
        width={Math.max(1, x(band[1]) - x(band[0]))}
        height={7}
        rx={2}
        className="fill-chart-reference"
      />
      <rect x={x(baseline) - 0.5} y={1} width={1} height={12} className="fill-chart-axis" />
      <circle
        cx={x(value)}
        cy={7}
        r={3.5}
        className={standing === "worse" ? "fill-warn" : "fill-chart-current"}
      />
    </svg>
  );
}
