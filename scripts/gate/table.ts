import { formatMetric, formatShare, NOTHING } from "@/lib/charts/format";
import type { GateResult } from "@/lib/promotions/schema";

const SHARES = new Set(["drift", "quality", "coverage"]);

const valueWords = ({ gate, value }: GateResult): string =>
  value === null ? NOTHING : SHARES.has(gate.kind) ? formatShare(value) : formatMetric(value);

/** The gates as a table for a terminal: the failed ones with why, below their row. */
export function gateTable(gates: readonly GateResult[]): string {
  if (gates.length === 0) return "no gate is set";
  const rows = gates.map((result) => [
    result.passed ? "pass" : "FAIL",
    result.name,
    valueWords(result),
    result.interval ? `${formatMetric(result.interval[0])} to ${formatMetric(result.interval[1])}` : "",
    result.threshold,
  ]);
  const head = ["", "gate", "value", "95 % interval", "passes at"];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  return [
    line(head),
    ...rows.flatMap((row, place) => [
      line(row),
      ...(gates[place]!.passed ? [] : [`      ${gates[place]!.why}`]),
    ]),
  ].join("\n");
}
