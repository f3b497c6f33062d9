import { type SQL, sql } from "drizzle-orm";
import { numbers, texts } from "@/lib/db/literal";
import { PREDICTION, SCORE } from "@/lib/models/store";
import type { Moments, PairedHistogram, Pairs } from "./histogram";
import type { BucketSummary, Grain } from "./summarise";

/** One row of a column's summary. */
export type ColumnSummary = { featureId: number; grain: Grain; startMs: number; histogram: PairedHistogram };

/** The arguments of add_summaries, in its order: one array per field, one element per summary row. */
export function summaryArguments(summaries: readonly BucketSummary[]): SQL {
  const columns = summaries.flatMap(({ grain, startMs, columns, prediction, score }) => [
    ...columns.map((histogram, index) => ({ grain, startMs, featureId: index + 1, histogram })),
    { grain, startMs, featureId: PREDICTION, histogram: prediction },
    { grain, startMs, featureId: SCORE, histogram: score },
  ]);
  return sql`
    ${numbers(summaries.map((bucket) => bucket.grain))}::text::int2[],
    ${numbers(summaries.map((bucket) => bucket.startMs))}::text::int8[],
    ${numbers(summaries.map((bucket) => bucket.n))}::text::int8[],
    ${numbers(summaries.map((bucket) => bucket.errors))}::text::int8[],
    ${numbers(summaries.map((bucket) => bucket.latency.n))}::text::int8[],
    ${numbers(summaries.map((bucket) => bucket.latency.sum))}::text::float8[],
    ${texts(summaries.map((bucket) => literal(bucket.latency.keys)))}::text::text[],
    ${texts(summaries.map((bucket) => literal(bucket.latency.amounts)))}::text::text[],
    ${columnArguments(columns)}`;
}

/** The arguments that start with f_ of the functions that add columns' counts, in their order. */
export function columnArguments(columns: readonly ColumnSummary[]): SQL {
  // A version that never scores has no score summary; a feature that is always missing has one.
  const kept = columns.filter(({ histogram }) => histogram.n + histogram.missing > 0);
  const of = (value: (moments: Moments) => number | null) =>
    numbers(kept.map(({ histogram }) => value(histogram)));
  return sql`
    ${numbers(kept.map(({ featureId }) => featureId))}::text::int4[],
    ${numbers(kept.map(({ grain }) => grain))}::text::int2[],
    ${numbers(kept.map(({ startMs }) => startMs))}::text::int8[],
    ${of((histogram) => histogram.n)}::text::int8[],
    ${of((histogram) => histogram.missing)}::text::int8[],
    ${of((histogram) => histogram.sum)}::text::float8[],
    ${of((histogram) => histogram.sumSquared)}::text::float8[],
    ${of((histogram) => histogram.min)}::text::float8[],
    ${of((histogram) => histogram.max)}::text::float8[],
    ${texts(kept.map(({ histogram }) => literal(histogram.keys)))}::text::text[],
    ${texts(kept.map(({ histogram }) => literal(histogram.amounts)))}::text::text[]`;
}

/** Most of what a write says, and whole numbers only. */
const literal = (values: Pairs["keys"] | Pairs["amounts"]) => `{${values.join(",")}}`;
