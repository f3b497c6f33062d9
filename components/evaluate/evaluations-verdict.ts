import { metricWords } from "@/components/evaluation/metric-words";
import { formatMetric, plural } from "@/lib/charts/format";
import type { EvaluationSummary } from "@/lib/evaluations/schema";

/** The first of these that was measured says most in one number. */
export const HEADLINES = ["auc", "macro_f1", "accuracy", "rmse", "mae"] as const;

export function headline({
  metrics,
}: Pick<EvaluationSummary, "metrics">): { name: string; value: number } | null {
  for (const name of HEADLINES) {
    const value = metrics[name]?.value;
    if (value !== undefined && value !== null) return { name, value };
  }
  return null;
}

/** What stands above the page in one sentence. */
export function evaluationsVerdict(version: string, evaluations: readonly EvaluationSummary[]): string {
  if (evaluations.length === 0) {
    return `Version ${version} has no evidence yet: evaluate it here on held-out rows, and save what comes out.`;
  }
  const confirmed = evaluations.find(({ state, belongs }) => state === "confirmed" && belongs !== false);
  const contradicted = evaluations.filter(({ state }) => state === "contradicted").length;
  const warning =
    contradicted > 0
      ? ` ${plural(contradicted, "evaluation")} of it ${contradicted === 1 ? "is" : "are"} contradicted.`
      : "";
  if (!confirmed) {
    return `Version ${version} has ${plural(evaluations.length, "evaluation")}, none of them confirmed.${warning}`;
  }
  const found = headline(confirmed);
  return `The latest confirmed evaluation of version ${version}${found ? ` has ${metricWords(found.name).label} ${formatMetric(found.value)}` : ""}.${warning}`;
}
