import type { Span } from "@/lib/charts/time-axis";
import type { ModelSummary } from "@/lib/models/schema";

/** From when to when a version has predictions, and how many. */
export type DataSpan = { data: Span | null; rows: number };

export function dataSpan(model: ModelSummary | null | undefined, version: string): DataSpan {
  const summary = model?.versions.find((each) => each.version === version);
  const { first_prediction_at: first, last_prediction_at: last } = summary ?? {};
  return {
    // The end is the first moment after the last prediction.
    data: first && last ? { from: Date.parse(first), to: Date.parse(last) + 1000 } : null,
    rows: summary?.predictions ?? 0,
  };
}
