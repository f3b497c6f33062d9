import type { DriftReport, DriftTimeline, FeatureDrift, TimelineRow } from "./schema";

/** What moved first, then by distance, then what could not be computed. */
export function rankFeatures(features: readonly FeatureDrift[]): FeatureDrift[] {
  const key = (feature: FeatureDrift) => (feature.drift_detected ? 2 : 0) + (feature.effect ?? -1);
  return [...features].sort((a, b) => key(b) - key(a) || a.name.localeCompare(b.name));
}

/**
 * The timeline's rows in the report's order; without a report by their largest distance.
 * Past `cap` they are counted, not drawn, except the chosen one.
 */
export function prepareHeatmap(args: {
  timeline: DriftTimeline;
  report: DriftReport | undefined;
  cap: number;
  chosen: string | null;
}): { rows: TimelineRow[]; hidden: number } {
  const { timeline, report, cap, chosen } = args;
  const place = new Map(rankFeatures(report?.features ?? []).map(({ name }, index) => [name, index]));
  const peak = (row: TimelineRow) => Math.max(0, ...row.effect.map((effect) => effect ?? 0));
  const order = (row: TimelineRow) => place.get(row.name) ?? Number.MAX_SAFE_INTEGER;
  const all = [...timeline.features].sort((a, b) => order(a) - order(b) || peak(b) - peak(a));
  const rows = all.filter((row, index) => index < cap || row.name === chosen);
  return { rows, hidden: all.length - rows.length };
}

/** What a row of the table says in a word: how severe, or which of the two conditions failed. */
export function rowVerdict(feature: FeatureDrift): {
  text: string;
  tone: "quiet" | "medium" | "high" | "outline";
} {
  if (feature.state === "not_computable") return { text: "not computable", tone: "outline" };
  if (feature.drift_detected) {
    const severity = feature.severity ?? "medium";
    return { text: severity, tone: severity === "low" ? "medium" : severity };
  }
  if (feature.sizeable && !feature.significant) return { text: "not significant", tone: "quiet" };
  const small = feature.effect !== null && feature.effect < feature.effect_floor;
  return { text: feature.significant && small ? "within floor" : "within chance", tone: "quiet" };
}
