import { toCsv } from "@/lib/charts/csv";
import { rankFeatures, rowVerdict } from "@/lib/drift/ranking";
import type { DriftReport, FeatureDrift } from "@/lib/drift/schema";

const COLUMNS = [
  "method",
  "statistic",
  "error_bound",
  "p_value",
  "q_value",
  "effect",
  "effect_band",
  "effect_floor",
  "drift_detected",
  "severity",
  "psi",
  "psi_band",
  "js_distance",
  "kl_divergence",
  "wasserstein",
  "wasserstein_scaled",
  "mean_reference",
  "mean_current",
  "n_reference",
  "n_current",
  "missing_reference",
  "missing_current",
] as const satisfies readonly (keyof FeatureDrift)[];

/** The whole ranking at full precision, with the window and reference it is about in every row. */
export function driftCsv(report: DriftReport): string {
  const outputs = [report.score, report.prediction].filter((each) => each !== null);
  const header = [
    "from",
    "to",
    "reference",
    "segment",
    "name",
    "type",
    "output",
    "verdict",
    ...COLUMNS,
    "reason",
  ];
  return toCsv(
    header,
    rankFeatures([...report.features, ...outputs]).map((feature) => [
      report.window.from,
      report.window.to,
      report.reference.label,
      report.segment,
      feature.name,
      feature.type,
      outputs.includes(feature),
      rowVerdict(feature).text,
      ...COLUMNS.map((name) => feature[name]),
      feature.reason,
    ]),
  );
}
