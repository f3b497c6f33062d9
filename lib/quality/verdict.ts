import { formatClock, formatDay, formatMs, formatShare, plural } from "@/lib/charts/format";
import type { Phrase } from "@/lib/models/verdict";
import type { FeatureQuality, QualityReport } from "./schema";

/** Features that the sentence names; the others are in the table. */
const MOST_NAMED = 3;
/** More failed predictions than this share belong into the sentence. */
const FAILING_SHARE = 0.01;

/** What is wrong with the data of a window, as a colleague would say it, and what that rests on. */
export function prepareQualityVerdict(report: QualityReport): { phrases: Phrase[]; restsOn: string[] } {
  return { phrases: [...sentences(report), ...failures(report)], restsOn: restsOn(report) };
}

function sentences(report: QualityReport): Phrase[] {
  if (report.n === 0) return ["There are no predictions in this window, so there is nothing to check."];
  if (report.features.every((feature) => feature.missing_rate_reference === null)) {
    return [
      "There is no baseline to hold these data against: what is missing and out of range below stands by itself.",
    ];
  }
  const found = rankByFindings(report.features).filter((feature) => feature.findings.length > 0);
  const count = report.features.length;
  if (found.length === 0) {
    return [
      count === 1
        ? "The one column logged is as in the baseline: nothing more is missing, out of range or new."
        : `All ${count} columns are as in the baseline: nothing more is missing, out of range or new.`,
    ];
  }
  const named = found
    .slice(0, MOST_NAMED)
    .flatMap((feature, index): Phrase[] => [
      ...(index > 0 ? ["; "] : []),
      { feature: feature.name },
      ` ${feature.findings.map((finding) => words(feature, finding)).join(" and ")}`,
    ]);
  const more = found.length - Math.min(found.length, MOST_NAMED);
  const rest = count - found.length;
  return [
    ...named,
    more > 0 ? `; and ${plural(more, "more column")} below.` : ".",
    rest > 0 ? ` The other ${rest === 1 ? "one is" : `${rest} are`} as in the baseline.` : "",
  ];
}

function words(feature: FeatureQuality, finding: FeatureQuality["findings"][number]): string {
  const share = formatShare(finding.share);
  switch (finding.kind) {
    case "missing_rate":
      return (feature.missing_rate_reference ?? 0) > finding.share
        ? `lacks only ${share} of its values, ${formatShare(feature.missing_rate_reference)} in the baseline`
        : `lacks ${share} of its values, ${formatShare(feature.missing_rate_reference)} in the baseline`;
    case "out_of_range":
      return `lies outside the baseline's range in ${share} of its values`;
    case "new_category":
      return `has categories the baseline lacks in ${share} of its rows`;
    default:
      return finding.message;
  }
}

function failures({ n, errors }: QualityReport): Phrase[] {
  if (n === 0 || errors / n <= FAILING_SHARE) return [];
  return [` ${formatShare(errors / n)} of the predictions failed.`];
}

function restsOn(report: QualityReport): string[] {
  const parts = [plural(report.n, "prediction")];
  if (report.errors > 0) parts.push(`${plural(report.errors, "failed", "failed")}`);
  if (report.latency_ms) {
    const { p50, p99 } = report.latency_ms;
    parts.push(`latency ${formatMs(p50)} at the median, ${formatMs(p99)} at the 99th percentile`);
  }
  parts.push("from summaries");
  if (report.fresh_to)
    parts.push(`fresh to ${formatDay(report.fresh_to)} ${formatClock(report.fresh_to)} UTC`);
  return parts;
}

/** Columns with something to look at first, the widest first; else as logged. */
export function rankByFindings(features: readonly FeatureQuality[]): FeatureQuality[] {
  const weight = ({ findings }: FeatureQuality) => Math.max(-1, ...findings.map(({ share }) => share));
  return features
    .map((feature, index) => ({ feature, index }))
    .sort((a, b) => weight(b.feature) - weight(a.feature) || a.index - b.index)
    .map(({ feature }) => feature);
}
