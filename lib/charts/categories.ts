import type { Histogram } from "@/lib/drift/schema";

export type CategoryBar = {
  name: string;
  referenceShare: number;
  currentShare: number;
  referenceN: number;
  currentN: number;
  psi: number;
  isNew: boolean;
  isOther: boolean;
};

export type CategoryBars = {
  bars: CategoryBar[];
  /** Categories counted but not drawn: those that changed least. */
  hidden: number;
  /** The largest share drawn, for the scale. */
  top: number;
};

/**
 * Pairs of bars in the reference's order, at most `cap` of them: the ones whose share changed most,
 * and every category that the reference did not have as far as there is room.
 */
export function prepareCategories(args: {
  histogram: Histogram;
  newCategories: readonly string[];
  cap?: number;
}): CategoryBars {
  const { histogram, newCategories, cap = 12 } = args;
  const fresh = new Set(newCategories);
  const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0);
  const nReference = total(histogram.reference);
  const nCurrent = total(histogram.current);
  const last = histogram.categories.length - 1;
  const all = histogram.categories.map((name, index): CategoryBar => {
    const referenceN = histogram.reference[index] ?? 0;
    const currentN = histogram.current[index] ?? 0;
    return {
      name,
      referenceN,
      currentN,
      referenceShare: nReference > 0 ? referenceN / nReference : 0,
      currentShare: nCurrent > 0 ? currentN / nCurrent : 0,
      psi: histogram.psi_contribution[index] ?? 0,
      isNew: fresh.has(name),
      isOther: index === last && histogram.other_categories > 0,
    };
  });
  const change = (bar: CategoryBar) => Math.abs(bar.currentShare - bar.referenceShare);
  const kept = new Set(
    [...all].sort((a, b) => Number(b.isNew) - Number(a.isNew) || change(b) - change(a)).slice(0, cap),
  );
  const bars = all.filter((bar) => kept.has(bar));
  return {
    bars,
    hidden: all.length - bars.length,
    top: Math.max(0, ...bars.flatMap((bar) => [bar.referenceShare, bar.currentShare])),
  };
}
