import { boundOf } from "@/lib/cards/gates";
import { formatMetric, formatShare } from "@/lib/charts/format";
import { metricName } from "@/lib/models/metric";
import type { Gate, SliceChoice } from "./schema";

export const sliceWords = (slice: readonly { feature: string; value: string | null }[]): string =>
  slice.map(({ feature, value }) => `${feature} ${value === null ? "missing" : `= ${value}`}`).join(", ");

const rowsWords = ({ slice, each }: { slice: SliceChoice | null; each: string | null }) =>
  slice ? ` where ${sliceWords(slice)}` : each ? ` for each ${each}` : "";

/** What a gate asks, as its row is headed. */
export function gateName(gate: Gate): string {
  switch (gate.kind) {
    case "metric":
      return gate.source === "evidence"
        ? `${metricName(gate.metric)}${rowsWords(gate)}`
        : `${metricName(gate.metric)} ${{ run: "of the run", card: "on the card", live: "live" }[gate.source]}`;
    case "champion":
      return `${metricName(gate.metric)} against the champion${rowsWords(gate)}`;
    case "evidence":
      return "Confirmed evidence";
    case "drift":
      return "Drift of the last window";
    case "quality":
      return "Data quality of the last window";
    case "coverage":
      return "Label coverage";
    case "card":
      return "Model card complete";
  }
}

/** "at least 0.75", "at most 0.01 worse": what passes. */
export function thresholdWords(gate: Gate): string {
  switch (gate.kind) {
    case "metric": {
      const bounds = [
        gate.at_least === null ? "" : `at least ${formatMetric(gate.at_least)}`,
        gate.at_most === null ? "" : `at most ${formatMetric(gate.at_most)}`,
      ];
      return `${bounds.filter(Boolean).join(", ")}${gate.judge_by === "interval" ? ", with its interval" : ""}`;
    }
    case "champion": {
      const margins = [
        gate.absolute === null ? "" : marginWords(gate.absolute, formatMetric),
        gate.relative === null ? "" : `${marginWords(gate.relative, formatShare)} of the champion's`,
      ];
      return `${margins.filter(Boolean).join(", ")}${gate.judge_by === "interval" ? ", with its interval" : ""}`;
    }
    case "evidence":
      return gate.max_age_days === null ? "there is some" : `at most ${gate.max_age_days} days old`;
    case "drift":
      return gate.max_share === 0 ? "no feature" : `at most ${formatShare(gate.max_share)} of features`;
    case "quality":
      return [
        gate.max_missing === null ? "" : `at most ${formatShare(gate.max_missing)} missing of any feature`,
        gate.max_errors === null ? "" : `at most ${formatShare(gate.max_errors)} failed`,
      ]
        .filter(Boolean)
        .join(", ");
    case "coverage":
      return `at least ${formatShare(gate.at_least)}`;
    case "card":
      return gate.thresholds ? "every section, every threshold met" : "every section";
  }
}

function marginWords(margin: number, format: (value: number) => string): string {
  if (margin === 0) return "not worse";
  return margin > 0 ? `at most ${format(margin)} worse` : `at least ${format(-margin)} better`;
}

/** Which way is better: as the gate says, else as the metric's name does. */
export const directionOf = (gate: {
  metric: string;
  direction: "higher" | "lower" | null;
}): "higher" | "lower" => gate.direction ?? (boundOf(gate.metric) === "at most" ? "lower" : "higher");
