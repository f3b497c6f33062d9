import type { Figures } from "@/components/report/figures-dialog";
import { formatCount, formatScore, formatValue } from "@/lib/charts/format";
import type { FeatureDrift, Histogram } from "@/lib/drift/schema";

/** The drawn counts as figures. */
export function binFigures(feature: FeatureDrift, histogram: Histogram): Figures {
  const { edges, categories, reference, current, psi_contribution } = histogram;
  const numbers = edges.length > 0;
  const names = numbers
    ? edges
        .slice(1)
        .map((edge, index) => `${formatValue(edges[index] ?? null, 6)} to ${formatValue(edge, 6)}`)
    : categories;
  return {
    title: `${feature.name}: counts per ${numbers ? "bin" : "category"}`,
    header: [numbers ? (feature.unit ?? "bin") : "category", "reference", "current", "adds to PSI"],
    rows: names.map((name, index) => [
      name,
      formatCount(reference[index] ?? null),
      formatCount(current[index] ?? null),
      formatScore(psi_contribution[index] ?? null, 4),
    ]),
  };
}
