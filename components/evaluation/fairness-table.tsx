import { Card, CardTitle } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatShare, NOTHING } from "@/lib/charts/format";
import type { Estimate, Fairness } from "@/lib/evaluate/schema";
import { writePoints } from "./metric-words";

const RATES = [
  ["selection_rate", "selected"],
  ["true_positive_rate", "true positive rate"],
  ["false_positive_rate", "false positive rate"],
] as const;

/** How a model treats the groups of one feature, against the largest or chosen one. */
export function FairnessTable({ fairness }: { fairness: Fairness }) {
  const { feature, positive_class, reference, groups } = fairness;
  return (
    <Card>
      <CardTitle note={`difference from ${reference ?? "missing"}, 95 % intervals`}>
        Groups of {feature}
      </CardTitle>
      <Table label={`Rates of the groups of ${feature}`}>
        <thead>
          <tr>
            <Th>group</Th>
            <Th numeric>rows</Th>
            <Th numeric>{positive_class}</Th>
            {RATES.map(([rate, label]) => (
              <Th key={rate} numeric>
                {label}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ value, n, positives, rates, differences }) => (
            <tr key={value ?? ""}>
              <Td>
                {value ?? "missing"}
                {differences === null ? <span className="block text-2xs text-mute">reference</span> : null}
              </Td>
              <Td numeric>{formatCount(n)}</Td>
              <Td numeric>{formatCount(positives)}</Td>
              {RATES.map(([rate]) => (
                <Td key={rate} numeric className="tabular-nums">
                  {formatShare(rates[rate].value)}
                  {differences ? <Difference estimate={differences[rate]} /> : null}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-2 text-mute text-xs">
        Bold: the interval of the difference leaves 0 out. Equal rates in one column can exclude equal rates
        in another where the groups differ in how many really are {positive_class}.
      </p>
    </Card>
  );
}

function Difference({ estimate: { value, low, high } }: { estimate: Estimate }) {
  if (value === null || low === null || high === null)
    return <span className="block text-2xs text-mute">{NOTHING}</span>;
  const isClear = low > 0 || high < 0;
  return (
    <span className={`block text-2xs ${isClear ? "font-semibold" : "text-mute"}`}>
      {writePoints(value)} ({writePoints(low)} to {writePoints(high)})
    </span>
  );
}
