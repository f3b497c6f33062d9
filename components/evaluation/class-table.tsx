import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount } from "@/lib/charts/format";
import type { Estimate, EvaluationReport } from "@/lib/evaluate/schema";
import { writeInterval, writeMetric } from "./metric-words";

/** Precision, recall and F1 of each class. */
export function ClassTable({ classes }: { classes: NonNullable<EvaluationReport["per_class"]> }) {
  return (
    <Card>
      <CardTitle note="95 % intervals below">Classes</CardTitle>
      <Table label="Precision, recall and F1 of each class">
        <thead>
          <tr>
            <Th>class</Th>
            <Th numeric>rows</Th>
            <Th numeric>predicted</Th>
            <Th numeric>precision</Th>
            <Th numeric>recall</Th>
            <Th numeric>F1</Th>
          </tr>
        </thead>
        <tbody>
          {classes.map((row) => (
            <tr key={row.class}>
              <Td>{row.class}</Td>
              <Td numeric>{formatCount(row.support)}</Td>
              <Td numeric>{formatCount(row.predicted)}</Td>
              <EstimateCell name="precision" estimate={row.precision} />
              <EstimateCell name="recall" estimate={row.recall} />
              <EstimateCell name="f1" estimate={row.f1} />
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** A value with its interval below. */
export function EstimateCell({ name, estimate }: { name: string; estimate: Estimate | undefined }) {
  return (
    <Td numeric className="tabular-nums">
      {writeMetric(name, estimate?.value ?? null)}
      {estimate && estimate.low !== null ? (
        <span className="block text-2xs text-mute">{writeInterval(name, estimate)}</span>
      ) : null}
    </Td>
  );
}
