import { missingFinding, newCategoryFinding, rangeFinding } from "@/lib/drift/findings";
import { moments } from "@/lib/drift/moments";
import type { Finding } from "@/lib/drift/schema";
import type { Feature } from "@/lib/models/schema";
import type { Histogram } from "@/lib/summaries/histogram";
import type { FeatureQuality } from "./schema";

/** What is known of a column in the window, per bucket, and in the baseline. */
export type ColumnCounts = {
  column: Feature;
  current: Histogram;
  series: readonly Pick<Histogram, "n" | "missing">[];
  /** null without a baseline, or where the baseline lacks the column. */
  reference: Histogram | null;
  /** Edges of the baseline's bins; empty for categories and without a baseline. */
  edges: Float64Array;
  alpha: number;
  nameOf: (code: number) => string;
};

/** Most frequent categories that are named. */
export const TOP = 10;
/** New categories that a finding may name. */
export const NAMED = 5;

/** The state of one column's data: what is missing, out of range or new, held against the baseline. */
export function columnQuality(counts: ColumnCounts): FeatureQuality {
  const { column, current, reference, series } = counts;
  const numerical = column.type === "numerical";
  const { mean, deviation } = numerical ? moments(current) : { mean: null, deviation: null };
  const outside = outsideRange(counts);
  const ranked = column.type === "categorical" ? rankCategories(current) : [];
  return {
    name: column.name,
    role: column.role,
    type: column.type,
    unit: column.unit,
    n: current.n,
    missing: current.missing,
    missing_rate: rate(current),
    missing_rate_reference: reference && rate(reference),
    below: outside?.below ?? null,
    above: outside?.above ?? null,
    min: numerical ? current.min : null,
    max: numerical ? current.max : null,
    mean,
    deviation,
    reference_min: numerical ? (reference?.min ?? null) : null,
    reference_max: numerical ? (reference?.max ?? null) : null,
    categories: column.type === "categorical" ? ranked.length : null,
    top: ranked.slice(0, TOP).map(([code, n]) => ({ value: counts.nameOf(code), n })),
    findings: findingsOf(counts, outside),
    series: series.map(rate),
  };
}

function findingsOf(
  { current, reference, column, alpha, nameOf }: ColumnCounts,
  outside: { below: number; above: number } | null,
): Finding[] {
  if (!reference) return [];
  const found = [missingFinding({ reference, current }, alpha)];
  if (outside && reference.min !== null && reference.max !== null) {
    found.push(
      rangeFinding(
        { ...outside, n: current.n, nReference: reference.n },
        { min: reference.min, max: reference.max },
        alpha,
      ),
    );
  }
  if (column.type === "categorical" && current.n > 0) {
    const fresh = newCategories({ reference, current });
    found.push(
      newCategoryFinding(
        {
          named: fresh.slice(0, NAMED).map(([code]) => nameOf(code)),
          distinct: fresh.length,
          n: fresh.reduce((sum, [, n]) => sum + n, 0),
        },
        current.n,
      ),
    );
  }
  return found.filter((finding) => finding !== null).map(inWordsOfQuality);
}

/** Findings speak of a reference, which for data quality is always the baseline. */
const inWordsOfQuality = (finding: Finding): Finding => ({
  ...finding,
  message: finding.message.replace("the reference", "the baseline"),
});

/** Values outside the baseline's range: the outermost bins hold nothing else. */
function outsideRange({ column, current, edges }: ColumnCounts): { below: number; above: number } | null {
  if (column.type !== "numerical" || edges.length === 0) return null;
  return { below: current.counts.get(0) ?? 0, above: current.counts.get(edges.length) ?? 0 };
}

/** Codes and their counts, the most frequent first. */
export function rankCategories({ counts }: Histogram): [number, number][] {
  return [...counts].filter(([, n]) => n > 0).sort(([a, n], [b, m]) => m - n || a - b);
}

/** Categories that the reference does not have, the most frequent first. */
export function newCategories({
  reference,
  current,
}: {
  reference: Histogram;
  current: Histogram;
}): [number, number][] {
  return rankCategories(current).filter(([code]) => !reference.counts.get(code));
}

/** Rows without a value among all; null without a row. */
function rate({ n, missing }: Pick<Histogram, "n" | "missing">): number | null {
  return n + missing > 0 ? missing / (n + missing) : null;
}
