import { formatShare } from "@/lib/charts/format";
import type { FeatureDrift } from "@/lib/drift/schema";

const WORD = {
  missing_rate: "missing",
  out_of_range: "out of range",
  new_category: "new categories",
  small_counts: "small counts",
} as const;

/** What else an analyst should know of a feature, in a few words; the whole sentence is in its title. */
export function FindingNotes({ findings }: { findings: FeatureDrift["findings"] }) {
  if (findings.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-x-2">
      {findings.map(({ kind, message, share }) => (
        <span key={kind + message} title={message} className="text-2xs text-warn">
          {WORD[kind]}
          {kind === "small_counts" ? "" : ` ${formatShare(share)}`}
        </span>
      ))}
    </span>
  );
}
