import { formatCount, formatMetric, formatShare, formatValue, plural } from "@/lib/charts/format";
import type { Phrase } from "@/lib/models/verdict";
import { labelShareMoved, prepareMaturity, prepareReading, type Reading } from "./reading";
import type { PerformanceReport } from "./schema";

/** What may be said of a version's performance over a window, and what the sentence rests on. */
export function preparePerformanceVerdict(report: PerformanceReport): {
  phrases: Phrase[];
  restsOn: string[];
} {
  return {
    phrases: [metricSentence(report), ...contradiction(report), ...conceptPhrases(report)],
    restsOn: restsOn(report),
  };
}

/** The metric's sentence alone: the drift page sets it behind what moved. */
export function metricSentence(report: PerformanceReport): string {
  if (report.n === 0) return "There are no predictions in this window.";
  if (report.labelled === 0)
    return "No labels are in for this window, so what it does to performance is unknown.";
  if (!report.primary) return "No metric can be computed for this version yet.";
  const reading = prepareReading(report, report.primary);
  return `${compare(reading, report.labelled)}${shareClause(report)}${maturityClause(report)}.`;
}

function compare(reading: Reading, labelled: number): string {
  const { label, value, baseline, chance, beyondChance, direction } = reading;
  if (value === null)
    return `${label} cannot be computed from the ${plural(labelled, "label")} in this window`;
  const now = formatMetric(value);
  if (baseline === null) return `${label} is ${now}; there is no labelled baseline to compare it with`;
  const then = formatMetric(baseline);
  const give = chance === null ? "" : ` (±${formatMetric(chance)})`;
  if (beyondChance === null) return `${label} is ${now}, against ${then} in the baseline`;
  if (now === then) return `${label} is ${now}, as in the baseline`;
  if (!beyondChance || direction === null)
    return `${label} is ${now}, against ${then} in the baseline: no more than chance explains${give}`;
  return `${label} ${value > baseline ? "rose" : "fell"} from ${then} to ${now}, for the ${direction} and further than chance explains${give}`;
}

function shareClause(report: PerformanceReport): string {
  if (!labelShareMoved(report)) return "";
  const then = report.baseline?.label_mean ?? 0;
  const now = report.label_mean ?? 0;
  const name = report.positive_class === null ? "positive labels" : `“${report.positive_class}”`;
  return `, while the share of ${name} ${now > then ? "rose" : "fell"} from ${formatShare(then)} to ${formatShare(now)}`;
}

function maturityClause(report: PerformanceReport): string {
  const { coverage, unripe } = prepareMaturity(report);
  if (unripe === 0) return "";
  if (coverage === null || coverage >= 0.995) return "; labels are still coming in, so this can change";
  return `; only ${formatShare(coverage)} of the labels are in, so this can change`;
}

/** Accuracy may go the other way than the metric the page leads with; to leave it out would be half the truth. */
function contradiction(report: PerformanceReport): Phrase[] {
  if (!report.primary || report.primary === "accuracy") return [];
  const lead = prepareReading(report, report.primary);
  const accuracy = prepareReading(report, "accuracy");
  const { value, baseline } = accuracy;
  if (!accuracy.beyondChance || value === null || baseline === null) return [];
  if (lead.beyondChance && lead.direction === accuracy.direction) return [];
  const verb = value > baseline ? "rose" : "fell";
  return [
    ` Accuracy ${verb} from ${formatMetric(baseline)} to ${formatMetric(value)}, ${accuracy.direction}.`,
  ];
}

/** Said only where the detector fired: its other states stand in its own card. */
function conceptPhrases({ concept_drift: concept }: PerformanceReport): Phrase[] {
  if (!concept.drift_detected || concept.z_score === null) return [];
  const better = (concept.performance_drop ?? 0) < 0;
  const chunks = `${plural(concept.chunks, "chunk")} of ${formatCount(concept.chunk_size)} labelled predictions`;
  const distance = `${formatValue(Math.abs(concept.z_score), 2)} standard deviations from the baseline`;
  return [
    ` Over the last ${chunks} the detector reports concept drift: ${distance}, ${better ? "for the better" : "for the worse"}.`,
  ];
}

function restsOn(report: PerformanceReport): string[] {
  const { coverage, unripe } = prepareMaturity(report);
  const parts = [plural(report.n, "prediction"), labelWords(report.labelled, coverage)];
  if (unripe > 0) parts.push(`labels still coming in for ${plural(unripe, report.bucket)}`);
  if (report.errors > 0) parts.push(`${formatCount(report.errors)} failed`);
  if (report.baseline) parts.push(`against a baseline of ${plural(report.baseline.n, "row")}`);
  return parts;
}

/** "all labelled", "no labels", "12,040 labelled (63 %)". */
export function labelWords(labelled: number, coverage: number | null): string {
  if (labelled === 0) return "no labels";
  if (coverage === null || coverage >= 1) return "all labelled";
  return `${formatCount(labelled)} labelled (${formatShare(coverage)})`;
}
