import type { EvaluationSummary } from "./schema";
import type { SummaryRow } from "./store";

/** The server's queue of repetitions, as far as a reply tells of it. */
export type Queue = { standing(id: string): "waiting" | "running" | null };

export function toSummary(row: SummaryRow, queue: Queue | null): EvaluationSummary {
  const { registered_sha256, model_sha256, checked_ms, created_ms } = row;
  return {
    evaluation_id: row.evaluation_id,
    model: row.model,
    version: row.version,
    dataset: row.dataset,
    format: row.format,
    model_sha256,
    registered_sha256,
    belongs: registered_sha256 === null ? null : registered_sha256 === model_sha256,
    backend: row.backend,
    task: row.task,
    n: row.n,
    n_missing_prediction: row.n_missing_prediction,
    metrics: row.metrics,
    state: row.state,
    by_its_label: row.state === "confirmed" ? row.by_its_label : null,
    repeat: queue?.standing(row.evaluation_id) ?? null,
    checked_at: checked_ms === null ? null : new Date(checked_ms).toISOString(),
    check_message: row.check_message,
    created_at: new Date(created_ms).toISOString(),
    created_by: row.created_by,
  };
}
