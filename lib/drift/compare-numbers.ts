import { nextDown } from "@/lib/stats/bin-edges";
import { coarsen, displayBins } from "@/lib/stats/display-bins";
import { exponentialHistogram } from "@/lib/stats/exponential-histogram";
import { kolmogorovSmirnov, kolmogorovSmirnovPValue } from "@/lib/stats/kolmogorov-smirnov";
import { kolmogorovSmirnovBracket } from "@/lib/stats/kolmogorov-smirnov-bracket";
import { ksNoDriftBand } from "@/lib/stats/no-drift-band";
import type { Sides } from "@/lib/stats/sample";
import { wasserstein, wassersteinWeighted } from "@/lib/stats/wasserstein";
import type { Bins } from "@/lib/summaries/binner";
import type { Histogram } from "@/lib/summaries/histogram";
import { barDistances } from "./distances";
import { massPoints } from "./mass-points";
import { moments } from "./moments";
import type { FeatureDrift } from "./schema";

/** One side of a comparison: counts, and the values themselves where every row was read. */
export type Side = { histogram: Histogram; values?: Float64Array | null };

export type Binned = { edges: Float64Array } & Sides<Float64Array>;

/** Both sides over the same right-closed bins, one count more than edges. */
export function binned(bins: Bins, { reference, current }: Sides<Histogram>): Binned {
  if (bins.kind !== "edges") {
    return exponentialHistogram({ reference: reference.counts, current: current.counts });
  }
  const size = bins.edges.length + 1;
  return {
    edges: bins.edges,
    reference: dense(reference, size),
    current: dense(current, size),
  };
}

/** Counts by bin number. Not to be changed: it may be the histogram's own. */
export function dense(histogram: Histogram & { dense?: Float64Array | null }, size: number): Float64Array {
  if (histogram.dense?.length === size) return histogram.dense;
  const array = new Float64Array(size);
  for (const [key, count] of histogram.counts) array[key] = count;
  return array;
}

/** Above this n·m the exact law costs milliseconds a feature, and the asymptotic one differs in the third digit. */
const EXACT_LAW = 4_000_000;

export type NumberTest = Pick<
  FeatureDrift,
  "method" | "statistic" | "error_bound" | "location" | "p_value" | "effect" | "effect_band"
>;

/** KS of two sides that both have values: true where every row was read, else a bracket from the bins. */
export function testNumbers(sides: Sides<Side>, { edges, reference, current }: Binned): NumberTest {
  const sizes = { nReference: sides.reference.histogram.n, nCurrent: sides.current.histogram.n };
  const { reference: a, current: b } = { reference: sides.reference.values, current: sides.current.values };
  if (a && b) {
    const test = kolmogorovSmirnov({ reference: a, current: b })!;
    return finish({ ...test, errorBound: 0, pValue: test.pValue }, sizes);
  }
  const bracket = kolmogorovSmirnovBracket({ edges, reference, current })!;
  const law = sizes.nReference * sizes.nCurrent <= EXACT_LAW ? "auto" : "asymptotic";
  const { pValue } = kolmogorovSmirnovPValue({ statistic: bracket.statistic, ...sizes }, { law });
  return finish({ ...bracket, pValue }, sizes);
}

function finish(
  test: { statistic: number; errorBound: number; location: number | null; pValue: number },
  sizes: { nReference: number; nCurrent: number },
): NumberTest {
  return {
    method: "ks",
    statistic: test.statistic,
    error_bound: test.errorBound,
    location: test.location === null || Number.isNaN(test.location) ? null : test.location,
    p_value: test.pValue,
    effect: test.statistic,
    effect_band: ksNoDriftBand(sizes),
  };
}

/** Test, distances and bars of a numerical column. Both sides must have values. */
export function compareNumbers(
  sides: Sides<Side>,
  { bins, display }: { bins: Bins; display: readonly number[] | null },
): Partial<FeatureDrift> {
  const histograms = { reference: sides.reference.histogram, current: sides.current.histogram };
  const fine = binned(bins, histograms);
  const shown =
    display && bins.kind === "edges"
      ? { kept: [...display], edges: display.map((i) => fine.edges[i]!), fineBins: fine.reference.length }
      : displayBins(fine);
  const bars = trim(
    shown.edges,
    { reference: coarsen(fine.reference, shown), current: coarsen(fine.current, shown) },
    histograms,
  );
  const { contributions, ...distances } = barDistances(bars);
  const of = { reference: moments(histograms.reference), current: moments(histograms.current) };
  const exact = Boolean(sides.reference.values && sides.current.values);
  const distance = earthMover(sides, {
    ...fine,
    means: { reference: of.reference.mean, current: of.current.mean },
  });
  const spread = of.reference.deviation;
  return {
    ...testNumbers(sides, fine),
    ...distances,
    scoring: { ...distances.scoring!, wasserstein: exact ? WASSERSTEIN.rows : WASSERSTEIN.bins },
    wasserstein: distance,
    wasserstein_scaled: distance !== null && spread !== null && spread > 0 ? distance / spread : null,
    direction: directionOf(of.reference.mean, of.current.mean),
    mean_reference: of.reference.mean,
    mean_current: of.current.mean,
    deviation_reference: of.reference.deviation,
    deviation_current: of.current.deviation,
    histogram: {
      edges: bars.edges,
      categories: [],
      other_categories: 0,
      reference: bars.reference,
      current: bars.current,
      psi_contribution: contributions,
    },
  };
}

const WASSERSTEIN = {
  rows: "raw values",
  bins: "fine bins, each at one point, with each side's true mean, smallest and largest value",
};

/**
 * Wasserstein-1 of two sides: of the values where every row was read, else of {@link massPoints} over the fine bins,
 * which is exact for atoms and good to about a bin's width elsewhere. What is drawn is too coarse for it: an outermost
 * bar reaches to the largest value seen, and a value may stand anywhere in its bar.
 * @returns never less than the distance of the means, which is a lower bound of it; null where it is beyond a double
 */
function earthMover(
  sides: Sides<Side>,
  { edges, reference, current, means }: Binned & { means: Sides<number | null> },
): number | null {
  const { reference: a, current: b } = { reference: sides.reference.values, current: sides.current.values };
  const distance =
    a && b
      ? wasserstein({ reference: a, current: b })
      : wassersteinWeighted({
          reference: massPoints({ edges, counts: reference }, sides.reference.histogram),
          current: massPoints({ edges, counts: current }, sides.current.histogram),
        });
  if (distance === null || !Number.isFinite(distance)) return null;
  const { reference: from, current: to } = means;
  return from === null || to === null || (a && b) ? distance : Math.max(distance, Math.abs(to - from));
}

type Bars = { edges: number[]; reference: number[]; current: number[] };

/** Closes the bars below and above by the range seen, or takes them away where both sides leave them empty. */
function trim(inner: number[], counts: Sides<number[]>, { reference, current }: Sides<Histogram>): Bars {
  const edges = [...inner];
  const bars = { reference: [...counts.reference], current: [...counts.current] };
  const first = edges[0];
  const last = edges[edges.length - 1];
  const low = Math.min(reference.min ?? 0, current.min ?? 0);
  const high = Math.max(reference.max ?? 0, current.max ?? 0);
  if (first !== undefined && bars.reference[0]! + bars.current[0]! === 0) {
    bars.reference.shift();
    bars.current.shift();
  } else edges.unshift(first === undefined || low < first ? low : nextDown(first));
  const end = bars.reference.length - 1;
  if (last !== undefined && end > 0 && bars.reference[end]! + bars.current[end]! === 0) {
    bars.reference.pop();
    bars.current.pop();
  } else edges.push(last === undefined || high > last ? high : -nextDown(-last));
  return { edges, ...bars };
}

function directionOf(reference: number | null, current: number | null): "up" | "down" | null {
  if (reference === null || current === null || reference === current) return null;
  return current > reference ? "up" : "down";
}
