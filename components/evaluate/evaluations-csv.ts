import { toCsv } from "@/lib/charts/csv";
import type { EvaluationSummary } from "@/lib/evaluations/schema";

/** A line an evaluation, with every metric that one of them has and its 95 % interval. */
export function evaluationsCsv(
  evaluations: readonly EvaluationSummary[],
  nameOf: (dataset: string) => string,
): string {
  const names = [...new Set(evaluations.flatMap(({ metrics }) => Object.keys(metrics)))];
  return toCsv(
    [
      ...["evaluation_id", "created_at", "created_by", "state", "check_message", "belongs"],
      ...["dataset", "dataset_sha256", "format", "model_sha256", "backend", "task", "rows"],
      ...names.flatMap((name) => [name, `${name}_low`, `${name}_high`]),
    ],
    evaluations.map((each) => [
      each.evaluation_id,
      each.created_at,
      each.created_by,
      each.state,
      each.check_message,
      each.belongs,
      nameOf(each.dataset),
      each.dataset,
      each.format,
      each.model_sha256,
      each.backend,
      each.task,
      each.n,
      ...names.flatMap((name) => {
        const { value, low, high } = each.metrics[name] ?? { value: null, low: null, high: null };
        return [value, low, high];
      }),
    ]),
  );
}
