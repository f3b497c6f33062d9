import { formatMetric, formatP, formatValue } from "@/lib/charts/format";
import { formatDistance } from "./distance";
import type { DriftReport, FeatureDrift } from "./schema";

/**
 * What would change the verdict: which setting or reading would turn a feature, nearest first.
 * Features far from turning are left out; at most `most` lines.
 */
export function prepareSensitivity(report: DriftReport, most = 6): string[] {
  const lines: { far: number; text: string }[] = [];
  for (const feature of report.features) {
    const line = feature.state === "ok" ? turn(feature, report.source) : null;
    if (line) lines.push(line);
  }
  return lines
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({ text }) => text);
}

function turn(feature: FeatureDrift, source: DriftReport["source"]): { far: number; text: string } | null {
  const { name, effect, error_bound, effect_floor: floor, q_value, alpha } = feature;
  if (effect === null) return null;
  const bound = error_bound ?? 0;
  const distance = formatDistance(feature);
  if (source === "summaries" && effect < floor && effect + bound >= floor) {
    return {
      far: 0,
      text: `${name}: its distance lies between ${distance} and ${formatMetric(effect + bound)}, with the floor of ${formatValue(floor, 2)} in between. Confirm with raw rows.`,
    };
  }
  if (feature.drift_detected) {
    return {
      far: Math.abs(effect - floor),
      text: `${name} would no longer count with a floor above ${distance} (now ${formatValue(floor, 2)}).`,
    };
  }
  if (feature.significant && !feature.sizeable && effect >= floor) {
    return {
      far: 0,
      text: `${name} is ${distance} away, which is over the floor but no further than chance carries it with so few rows: with more it may count.`,
    };
  }
  if (feature.significant && !feature.sizeable) {
    return {
      far: Math.abs(floor - effect),
      text: `${name} would count with a floor of ${distance} or less: it is significant (q ${formatP(q_value)}) but small.`,
    };
  }
  if (feature.sizeable && !feature.significant) {
    return {
      far: 0,
      text: `${name} is ${distance} away, which is over the floor: with more rows it may become significant (q ${formatP(q_value)} against ${formatValue(alpha, 2)}).`,
    };
  }
  return null;
}
