import { useQuery } from "@tanstack/react-query";
import type { Span } from "@/lib/charts/time-axis";
import type { VersionAddress } from "@/lib/models/address";
import { modelQuery } from "@/lib/models/query";

/** From when to when a version has predictions, and how many; the header has asked for it already. */
export function useDataSpan({ model, version }: VersionAddress): {
  /** false while it is not known yet. */
  known: boolean;
  data: Span | null;
  rows: number;
} {
  const query = useQuery(modelQuery(model));
  const summary = query.data?.versions.find((each) => each.version === version);
  const { first_prediction_at: first, last_prediction_at: last } = summary ?? {};
  return {
    known: query.data !== undefined || query.isError,
    // The end is the first moment after the last prediction.
    data: first && last ? { from: Date.parse(first), to: Date.parse(last) + 1000 } : null,
    rows: summary?.predictions ?? 0,
  };
}
