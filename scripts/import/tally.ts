export const KINDS = [
  "experiments",
  "experiment tags",
  "logged models",
  "runs",
  "params",
  "tags",
  "metric points",
  "data set inputs",
  "links of runs to models",
  "files",
  "registered models",
  "model versions",
  "aliases",
] as const;
export type Kind = (typeof KINDS)[number];

type Count = { found: number; new: number; there: number; skipped: number };
const MOST_REASONS = 40;
const EXAMPLES = 3;

/** What was found, and what became of it. */
export class Tally {
  readonly counts = Object.fromEntries(
    KINDS.map((kind) => [kind, { found: 0, new: 0, there: 0, skipped: 0 }]),
  ) as Record<Kind, Count>;
  readonly #reasons = new Map<string, { kind: Kind; reason: string; count: number; examples: string[] }>();

  add(kind: Kind, outcome: "new" | "there", count = 1): void {
    this.counts[kind].found += count;
    this.counts[kind][outcome] += count;
  }

  skip(kind: Kind, example: string, reason: string, count = 1): void {
    this.counts[kind].found += count;
    this.counts[kind].skipped += count;
    this.note(kind, example, reason, count);
  }

  /** Says something of what is counted already. */
  note(kind: Kind, example: string, reason: string, count = 1): void {
    const id = `${kind}: ${reason}`;
    const held = this.#reasons.get(id);
    if (held) {
      held.count += count;
      if (held.examples.length < EXAMPLES) held.examples.push(example);
    } else if (this.#reasons.size < MOST_REASONS) {
      this.#reasons.set(id, { kind, reason, count, examples: [example] });
    } else {
      const rest = this.#reasons.get("rest");
      if (rest) rest.count += count;
      else this.#reasons.set("rest", { kind, reason: "other reasons", count, examples: [example] });
    }
  }

  /** "12 runs, 3,000 metric points" */
  progress(): string {
    const { runs, files } = this.counts;
    const points = this.counts["metric points"].found;
    const versions = this.counts["model versions"].found;
    return [
      `${this.counts.experiments.found.toLocaleString("en")} experiments`,
      `${runs.found.toLocaleString("en")} runs`,
      `${points.toLocaleString("en")} metric points`,
      `${files.found.toLocaleString("en")} files`,
      `${versions.toLocaleString("en")} model versions`,
    ].join(", ");
  }

  /** A table of counts, and why something was left out. */
  report(): string {
    const columns = ["found", "new", "there", "skipped"] as const;
    const width = Math.max(...KINDS.map((kind) => kind.length));
    const cell = (text: string) => text.padStart(13);
    const lines = [
      `${"".padEnd(width)}${["found", "new", "already there", "skipped"].map((text) => ` ${cell(text)}`).join("")}`,
      ...KINDS.map(
        (kind) =>
          `${kind.padEnd(width)}${columns.map((column) => ` ${cell(this.counts[kind][column].toLocaleString("en"))}`).join("")}`,
      ),
    ];
    if (this.#reasons.size > 0) lines.push("", "Skipped, or not as it was:");
    for (const { kind, reason, count, examples } of this.#reasons.values()) {
      const more = count > examples.length ? ", …" : "";
      lines.push(`  ${count.toLocaleString("en")} ${kind}: ${reason} (${examples.join(", ")}${more})`);
    }
    return lines.join("\n");
  }
}
