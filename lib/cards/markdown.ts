import { cardGates } from "./gates";
import type { ModelCard } from "./schema";

const NOTHING = "not said";

/** A card as Markdown. What people wrote stands there as text: no HTML, link, image or heading of theirs comes to life. */
export function cardMarkdown(card: ModelCard): string {
  const { model_details: details, intended_use: use, training_data: data } = card;
  const gates = new Map(cardGates(card.metrics).map((gate) => [gate.metric, gate]));
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return `${[
    `# ${plain(details.name)}, version ${plain(details.version)}`,
    list([
      `**Date:** ${plainOr(details.date)}`,
      `**Owners:** ${details.owners.map(plain).join(", ") || NOTHING}`,
      `**License:** ${plainOr(details.license)}`,
    ]),
    "## Intended use",
    "### Primary uses",
    items(use.primary_uses),
    "### Out of scope",
    items(use.out_of_scope),
    "## Training data",
    list([
      `**Source:** ${plainOr(data.source)}`,
      `**Date range:** ${plainOr(data.date_range)}`,
      `**Size:** ${plainOr(data.size)}`,
    ]),
    "### Preprocessing",
    items(data.preprocessing),
    "## Metrics",
    card.metrics.length === 0
      ? NOTHING
      : [
          row(["Metric", "Value", "Threshold", "Reached"]),
          row(["---", "---:", "---:", "---"]),
          ...card.metrics.map(({ name, value }) => {
            const gate = gates.get(name);
            return row([
              plain(name),
              value === null ? NOTHING : String(value),
              gate ? `${gate.bound} ${gate.threshold}` : "",
              gate?.passed == null ? "" : gate.passed ? "yes" : "no",
            ]);
          }),
        ].join("\n"),
    "## Ethical considerations",
    items(card.ethical_considerations),
    "## Monitoring",
    items(card.monitoring),
  ].join("\n\n")}\n`;
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join("\n");
const items = (texts: readonly string[]) => (texts.length === 0 ? NOTHING : list(texts.map(plain)));
const plainOr = (text: string | null) => (text === null ? NOTHING : plain(text));

/** Text that any reader of Markdown shows as it is, on one line. */
export const plain = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, " ")
    .trim()
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]|~#!$]/g, "\\$&")
    .replace(/^([-+=]|\d+[.)])/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
    // Readers that link bare addresses link these two schemes only; any other must not look like one.
    .replace(/\b(?!https?:)([a-z][a-z0-9+.-]{1,20}):(?=\S)/gi, "$1\\:");
