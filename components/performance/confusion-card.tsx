import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { prepareConfusion } from "@/lib/charts/confusion";
import { formatCount, formatShare } from "@/lib/charts/format";
import type { PerformanceReport } from "@/lib/performance/schema";

/** What really happened against what was predicted: counts, and the share of each row. */
export function ConfusionCard({ confusion }: { confusion: NonNullable<PerformanceReport["confusion"]> }) {
  const { rows, hidden } = prepareConfusion(confusion);
  return (
    <Card>
      <CardTitle note="share of each row; right predictions are framed">Confusion matrix</CardTitle>
      <Table label="Confusion matrix: rows are actual, columns predicted classes" className="w-auto min-w-72">
        <thead>
          <tr>
            <Th>actual ↓ predicted →</Th>
            {rows.map(({ actual }) => (
              <Th key={actual} numeric>
                {actual}
              </Th>
            ))}
            <Th numeric>all</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ actual, n, cells }) => (
            <tr key={actual}>
              <Th>{actual}</Th>
              {cells.map((cell) => (
                <Td
                  key={cell.predicted}
                  numeric
                  className={cell.right ? "outline-1 outline-chart-current -outline-offset-1" : undefined}
                  style={{
                    background: `color-mix(in srgb, var(--accent) ${Math.round((cell.share ?? 0) * 28)}%, transparent)`,
                  }}
                >
                  {formatCount(cell.n)}
                  <span className="block text-2xs text-soft">{formatShare(cell.share)}</span>
                </Td>
              ))}
              <Td numeric className="text-mute">
                {formatCount(n)}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {hidden > 0 ? (
        <p className="mt-2 text-mute text-xs">
          The {rows.length} most frequent classes; {formatCount(hidden)} more are not shown, their predictions
          are not in the shares.
        </p>
      ) : null}
    </Card>
  );
}
