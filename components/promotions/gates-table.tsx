import { Check, X } from "lucide-react";
import Link from "next/link";
import { Table, Td, Th } from "@/components/ui/table";
import { formatCount, formatMetric, formatShare, NOTHING } from "@/lib/charts/format";
import type { GateResult } from "@/lib/promotions/schema";

/** Each gate with its value, what it asks, what the value rests on and why it stands as it does; the failed ones first. */
export function GatesTable({ gates }: { gates: readonly GateResult[] }) {
  const ordered = [...gates].sort((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <Table label="Each gate with its value">
      <thead>
        <tr>
          <Th className="w-16">result</Th>
          <Th>gate, and why</Th>
          <Th numeric>value</Th>
        </tr>
      </thead>
      <tbody>
        {ordered.map((result) => (
          <tr key={JSON.stringify(result.gate)} className="last:*:border-0">
            <Td>
              <PassMark passed={result.passed} />
            </Td>
            <Td className="break-words">
              <span className="font-medium">{result.name}</span>
              <span className="ml-2 text-mute">passes with: {result.threshold}</span>
              <span className="block">{result.why}</span>
              <span className="block text-mute text-xs">
                {result.source.href ? (
                  <Link href={result.source.href} prefetch={false} className="link">
                    {result.source.label}
                  </Link>
                ) : (
                  result.source.label
                )}
              </span>
              {result.slices.length > 0 ? <SlicesOf result={result} /> : null}
            </Td>
            <Td numeric>
              {valueWords(result)}
              {result.interval ? (
                <span className="block text-mute text-xs">
                  {formatMetric(result.interval[0])} to
                  <br className="sm:hidden" /> {formatMetric(result.interval[1])}
                </span>
              ) : null}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

export const PassMark = ({ passed }: { passed: boolean }) =>
  passed ? (
    <span className="inline-flex items-center gap-1 text-good">
      <Check aria-hidden="true" className="size-3.5" /> pass
    </span>
  ) : (
    <span className="inline-flex items-center gap-1 font-semibold text-high">
      <X aria-hidden="true" className="size-3.5" /> fail
    </span>
  );

const SHARES = new Set(["drift", "quality", "coverage"]);

function valueWords({ gate, value }: GateResult): string {
  if (value === null) return NOTHING;
  if (SHARES.has(gate.kind)) return formatShare(value);
  if (gate.kind === "evidence") return `${value.toFixed(1)} days`;
  return `${gate.kind === "champion" && value > 0 ? "+" : ""}${formatMetric(value)}`;
}

const MOST_SHOWN = 20;

function SlicesOf({ result: { slices, gate } }: { result: GateResult }) {
  return (
    <details className="mt-1">
      <summary className="cursor-pointer text-accent text-xs">
        {slices.length} slices, the worst first
      </summary>
      <ul className="mt-1 flex flex-col gap-0.5 text-xs">
        {slices.slice(0, MOST_SHOWN).map(({ slice, n, value, passed }) => (
          <li key={slice} className="flex gap-2">
            <span className={passed === false ? "text-high" : "text-mute"}>
              {passed === null ? "too few" : passed ? "pass" : "fail"}
            </span>
            <span className="min-w-0 flex-1 break-words">{slice}</span>
            <span>
              {gate.kind === "champion" && value !== null && value > 0 ? "+" : ""}
              {formatMetric(value)}
            </span>
            <span className="text-mute">{formatCount(n)} rows</span>
          </li>
        ))}
        {slices.length > MOST_SHOWN ? (
          <li className="text-mute">and {slices.length - MOST_SHOWN} more, each no worse than these</li>
        ) : null}
      </ul>
    </details>
  );
}
