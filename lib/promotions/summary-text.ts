import { formatMetric, formatTime, NOTHING } from "@/lib/charts/format";
import { actorWords } from "@/lib/registry/change-words";
import { targetWords } from "./address";
import type { GateResult, Promotion } from "./schema";
import { shadowWords } from "./shadow-words";
import { promotionVerdict } from "./verdict";

const WIDTH = 72;

/** A request as plain text, for a mail or a ticket: nothing in it needs a table or colour. */
export function summaryText(promotion: Promotion, origin: string): string {
  const { model, version, target, asked_by, asked_at, reason, snapshot, events, approvals } = promotion;
  return [
    `Promotion of ${model} version ${version} to ${targetWords(target)}`,
    promotionVerdict(promotion),
    "",
    `Asked for by ${actorWords(asked_by)}, ${formatTime(asked_at)} UTC; ${approvals.given} of ${approvals.needed} approvals`,
    ...wrap(reason),
    "",
    "Gates",
    ...snapshot.gates.flatMap(gateLines),
    ...(snapshot.gates.length === 0 ? ["  none"] : []),
    "",
    "Evidence",
    ...snapshot.evidence.map(
      (each) =>
        `  ${each.evaluation_id} (version ${each.version}): ${each.state}, ${each.n} rows of dataset ${each.dataset.slice(0, 12)}`,
    ),
    ...(snapshot.evidence.length === 0 ? ["  none"] : []),
    ...(snapshot.champion === null
      ? []
      : [
          "",
          "Shadow",
          ...wrap(shadowWords(snapshot.shadow, { champion: snapshot.champion, challenger: version })),
        ]),
    ...(events.length > 0
      ? [
          "",
          "Said",
          ...events.flatMap((event) => wrap(`${actorWords(event.actor)} (${event.kind}): ${event.words}`)),
        ]
      : []),
    "",
    `Decide at ${origin}${promotion.url}`,
    "",
  ].join("\n");
}

/** "  pass  AUC  0.812 (0.801 to 0.823), at least 0.75" */
function gateLines(gate: GateResult): string[] {
  const interval = gate.interval
    ? ` (${formatMetric(gate.interval[0])} to ${formatMetric(gate.interval[1])})`
    : "";
  const value = gate.value === null ? NOTHING : `${formatMetric(gate.value)}${interval}`;
  return [
    `  ${gate.passed ? "pass" : "FAIL"}  ${gate.name}: ${value}, ${gate.threshold}`,
    ...(gate.passed ? [] : wrap(gate.why, "        ")),
  ];
}

function wrap(text: string, indent = "  "): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = indent;
    for (const word of paragraph.split(" ")) {
      if (line.length > indent.length && line.length + word.length + 1 > WIDTH) {
        lines.push(line);
        line = indent;
      }
      line += line.length > indent.length ? ` ${word}` : word;
    }
    lines.push(line);
  }
  return lines;
}
