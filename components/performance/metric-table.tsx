import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatMetric, NOTHING } from "@/lib/charts/format";
import { orderMetrics, prepareReading, type Reading } from "@/lib/performance/reading";
import type { PerformanceReport } from "@/lib/performance/schema";

/** Every metric of the window beside its baseline, with how precisely it is known and what chance would do. */
export function MetricTable({ report }: { report: PerformanceReport }) {
  const readings = orderMetrics(report).map((name) => prepareReading(report, name));
  return (
    <Card>
      <CardTitle
        note={`${formatCount(report.labelled)} labelled predictions${report.baseline ? `, baseline ${formatCount(report.baseline.n)}` : ""}`}
      >
        Metrics
      </CardTitle>
      <Table label="Metrics against the baseline">
        <thead>
          <tr>
            <Th>metric</Th>
            <Th numeric>now</Th>
            <Th numeric>baseline</Th>
            <Th numeric>difference</Th>
            <Th className="max-sm:hidden">against chance</Th>
          </tr>
        </thead>
        <tbody>
          {readings.map((reading) => (
            <tr key={reading.name} className={reading.name === report.primary ? "font-semibold" : undefined}>
              <Td>
                {reading.label}
                <span className="block font-normal text-2xs text-mute sm:hidden">{standing(reading)}</span>
              </Td>
              <Td numeric>
                {formatMetric(reading.value)}
                {reading.errorBound > 0 ? (
                  <span className="block font-normal text-2xs text-mute">
                    ±{reading.errorBound.toPrecision(1)}
                  </span>
                ) : null}
              </Td>
              <Td numeric>{formatMetric(reading.baseline)}</Td>
              <Td numeric>{difference(reading)}</Td>
              <Td className="font-normal text-mute max-sm:hidden">{standing(reading)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-2 text-mute text-xs">
        ± under a value: from score bins it is only known to that. A chance band is given where it can be
        computed from counts: the leading metric, and accuracy.
      </p>
    </Card>
  );
}

function difference({ value, baseline }: Reading): string {
  if (value === null || baseline === null) return NOTHING;
  const change = value - baseline;
  return `${change > 0 ? "+" : change < 0 ? "−" : ""}${formatMetric(Math.abs(change))}`;
}

/** In words: colour is not needed to read it. */
function standing({ beyondChance, direction, chance }: Reading): string {
  if (direction === null) return "";
  const band = chance === null ? "" : ` (±${formatMetric(chance)})`;
  if (beyondChance === null) return direction;
  return beyondChance ? `${direction}, further than chance${band}` : `no more than chance${band}`;
}
