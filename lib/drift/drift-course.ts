import { exponentialHistogram } from "@/lib/stats/exponential-histogram";
import { kolmogorovSmirnovBracket } from "@/lib/stats/kolmogorov-smirnov-bracket";
import { ksNoDriftBand } from "@/lib/stats/no-drift-band";
import { totalVariation } from "@/lib/stats/total-variation";
import type { Bins } from "@/lib/summaries/binner";
import type { Histogram } from "@/lib/summaries/histogram";
import { categoryBand, union } from "./compare-categories";
import { dense } from "./compare-numbers";
import type { TimelineRow } from "./schema";

type Course = Pick<TimelineRow, "effect" | "error_bound" | "band" | "n">;
/** How far chance carries D at two sizes. */
type Band = typeof ksNoDriftBand;
type Point = { effect: number; errorBound: number; band: number | null };

/**
 * A column's distance from the reference bucket by bucket: D as a bracket for numbers, total variation for
 * categories, and the level that chance alone stays under 95 % of the time at the bucket's size.
 */
export function driftCourse(
  { type, bins }: { type: "numerical" | "categorical" | null; bins: Bins },
  {
    reference,
    buckets,
    band = ksNoDriftBand,
  }: { reference: Histogram | null; buckets: readonly Histogram[]; band?: Band },
): Course {
  const measure =
    type === null || !reference || reference.n === 0 ? null : measureOf(type, bins, reference, band);
  const points = buckets.map((bucket) => (measure && bucket.n > 0 ? measure(bucket) : null));
  return {
    effect: points.map((point) => point?.effect ?? null),
    error_bound: points.map((point) => point?.errorBound ?? null),
    band: points.map((point) => point?.band ?? null),
    n: buckets.map((bucket) => bucket.n),
  };
}

/** A band that remembers: a bucket's features mostly have the same size, and finding a band takes longer than D. */
export function rememberedBand(): Band {
  const known = new Map<string, number | null>();
  return (sizes) => {
    const key = `${sizes.nReference}/${sizes.nCurrent}`;
    let band = known.get(key);
    if (band === undefined) {
      band = ksNoDriftBand(sizes);
      known.set(key, band);
    }
    return band;
  };
}

function measureOf(
  type: "numerical" | "categorical",
  bins: Bins,
  reference: Histogram,
  band: Band,
): (current: Histogram) => Point {
  if (type === "categorical") {
    return (current) => {
      const categories = union({ reference, current });
      const effect = totalVariation({
        reference: categories.map((category) => category.reference),
        current: categories.map((category) => category.current),
      })!;
      return { effect, errorBound: 0, band: categoryBand(categories) };
    };
  }
  const bracketOf =
    bins.kind === "edges"
      ? edgeBracket(bins.edges, reference)
      : (current: Histogram) =>
          kolmogorovSmirnovBracket(
            exponentialHistogram({ reference: reference.counts, current: current.counts }),
          )!;
  return (current) => {
    const { statistic, errorBound } = bracketOf(current);
    return {
      effect: statistic,
      errorBound,
      band: band({ nReference: reference.n, nCurrent: current.n }),
    };
  };
}

function edgeBracket(edges: Float64Array, reference: Histogram) {
  const size = edges.length + 1;
  const fixed = dense(reference, size);
  return (current: Histogram) =>
    kolmogorovSmirnovBracket({ edges, reference: fixed, current: dense(current, size) })!;
}
