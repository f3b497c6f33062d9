import type { DrawnHistogram } from "./histogram";
import { roundTicks } from "./scale";

export type ValueTick = { place: number; value: number };

/** Marks on a histogram's value axis: round values where the scale is true, bin edges where bins are equal. */
export function prepareValueTicks(histogram: DrawnHistogram, count = 5): ValueTick[] {
  const { bins, layout } = histogram;
  if (layout === "widths") {
    const inner = bins.filter((bin) => !bin.clipped);
    const from = inner[0]?.from ?? histogram.drawn[0];
    const to = inner[inner.length - 1]?.to ?? histogram.drawn[1];
    return roundTicks([from, to], count).map((value) => ({ value, place: histogram.place(value) }));
  }
  const every = Math.max(1, Math.ceil(bins.length / count));
  const ticks = bins
    .filter((_, index) => index % every === 0)
    .map((bin) => ({ value: bin.from, place: bin.left }));
  const last = bins[bins.length - 1];
  if (last && bins.length % every === 0) ticks.push({ value: last.to, place: last.right });
  return ticks;
}
