import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatMetric } from "@/lib/charts/format";
import type { EvaluationReport } from "@/lib/evaluate/schema";

/** Every metric with its interval, and the rows it rests on. */
export function EvaluationNumbers({ report }: { report: EvaluationReport }) {
  const left = [
    report.n_missing_label > 0 ? `${formatCount(report.n_missing_label)} without a label` : "",
    report.n_missing_prediction > 0 ? `${formatCount(report.n_missing_prediction)} without a prediction` : "",
  ].filter(Boolean);
  return (
    <Card>
      <CardTitle
        note={`${formatCount(report.n)} rows${left.length > 0 ? `, left out: ${left.join(", ")}` : ""}`}
      >
        Metrics
      </CardTitle>
      <Table label="Metrics with 95 % intervals" className="max-w-xl">
        <thead>
          <tr>
            <Th>Metric</Th>
            <Th numeric>Value</Th>
            <Th numeric>95 % interval</Th>
          </tr>
        </thead>
        <tbody>
          {Object.entries(report.metrics).map(([name, { value, low, high }]) => (
            <tr key={name}>
              <Td>{name.replaceAll("_", " ")}</Td>
              <Td numeric>{formatMetric(value)}</Td>
              <Td numeric className="text-mute">
                {low === null || high === null ? "–" : `${formatMetric(low)} to ${formatMetric(high)}`}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
