import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatP } from "@/lib/charts/format";
import type { EvaluationComparison } from "@/lib/evaluate/schema";
import { comparisonWords, type Standing, standingOf } from "./comparison-words";
import { measured, metricWords, writeDifference, writeMetric } from "./metric-words";

const TONES: Record<Standing, BadgeTone> = { better: "good", worse: "high", unclear: "quiet", same: "quiet" };
const WORDS: Record<Standing, string> = {
  better: "better",
  worse: "worse",
  unclear: "not told apart",
  same: "the same",
};

/** Two models on the same rows: what the paired tests say, and each metric's difference. */
export function ComparisonCard({
  comparison,
  names,
}: {
  comparison: EvaluationComparison;
  /** Of the champion and of the challenger. */
  names: readonly [string, string];
}) {
  const order = measured(
    Object.fromEntries(
      Object.entries(comparison.metrics).map(([name, { difference }]) => [name, difference]),
    ),
  );
  return (
    <Card>
      <CardTitle note={`paired over ${formatCount(comparison.n)} rows`}>
        {names[1]} against {names[0]}
      </CardTitle>
      {comparisonWords(comparison, names).map((sentence) => (
        <p key={sentence} className="mb-1 text-sm">
          {sentence}
        </p>
      ))}
      <Table label={`Metrics of ${names[1]} against ${names[0]}`} className="mt-2">
        <thead>
          <tr>
            <Th>metric</Th>
            <Th numeric>{names[0]}</Th>
            <Th numeric>{names[1]}</Th>
            <Th numeric>difference</Th>
            <Th numeric>p</Th>
            <Th>{names[1]} is</Th>
          </tr>
        </thead>
        <tbody>
          {order.map((name) => {
            const row = comparison.metrics[name]!;
            const standing = standingOf(row);
            return (
              <tr key={name}>
                <Td>
                  {metricWords(name).label}
                  <span className="block text-2xs text-mute">{row.better} is better</span>
                </Td>
                <Td numeric>{writeMetric(name, row.champion)}</Td>
                <Td numeric>{writeMetric(name, row.challenger)}</Td>
                <Td numeric className="tabular-nums">
                  {writeDifference(row.difference.value)}
                  {row.difference.low === null ? null : (
                    <span className="block text-2xs text-mute">
                      {writeDifference(row.difference.low)} to {writeDifference(row.difference.high)}
                    </span>
                  )}
                </Td>
                <Td numeric>{formatP(row.p_value)}</Td>
                <Td>
                  <Badge tone={TONES[standing]}>{WORDS[standing]}</Badge>
                </Td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <p className="mt-2 text-mute text-xs">
        Each line is a test of its own: of {order.length} of them one in twenty differs by chance. Decide by
        the metric that was chosen before.
      </p>
    </Card>
  );
}
