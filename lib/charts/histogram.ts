import type { Histogram } from "@/lib/drift/schema";

/**
 * widths: bins as wide as they are, height = density (share per unit) where widths differ.
 * bins: every bin equally wide, height = share of the rows in it.
 */
export type BinLayout = "widths" | "bins";

export type DrawnBin = {
  from: number;
  to: number;
  /** 0 to 1 across the drawing. */
  left: number;
  right: number;
  /** 0 to 1 of the tallest bar. */
  reference: number;
  current: number;
  referenceShare: number;
  currentShare: number;
  referenceN: number;
  currentN: number;
  psi: number;
  /** 0 to 1 of the largest PSI contribution. */
  weight: number;
  /** The bin is wider than it is drawn: its true end stands in the note. */
  clipped: boolean;
};

export type DrawnHistogram = {
  layout: BinLayout;
  /** What a height means. */
  measure: "share" | "density";
  /** Height of the tallest bar in that measure. */
  top: number;
  bins: DrawnBin[];
  equalWidths: boolean;
  /** Place of a value, 0 to 1, kept inside the drawing. */
  place: (value: number) => number;
  /** The span drawn on the value axis. */
  drawn: [number, number];
};

/** An end bin wider than this share of all others together (and twice its neighbour) is drawn short, or it squeezes them flat. */
const LONG_END = 0.25;
const SHORT_END = 0.1;
/** One bar this many times the next makes the others invisible: equal bins then say more. */
const SPIKE = 6;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Two count vectors over the scored bins as bars to draw; null where there are no numeric bins. */
export function prepareHistogram(histogram: Histogram, wanted?: BinLayout): DrawnHistogram | null {
  const { edges } = histogram;
  const count = edges.length - 1;
  if (count < 1) return null;
  const widths = edges.slice(1).map((edge, index) => edge - edges[index]!);
  const positive = widths.filter((width) => width > 0);
  const equalWidths = positive.length === count && Math.max(...positive) <= Math.min(...positive) * 1.001;
  const natural = build(histogram, widths, equalWidths, "widths");
  const layout = wanted ?? (equalWidths || !isSpiky(natural) ? "widths" : "bins");
  return layout === "widths" ? natural : build(histogram, widths, equalWidths, "bins");
}

function isSpiky({ bins }: DrawnHistogram): boolean {
  const heights = bins.map((bin) => Math.max(bin.reference, bin.current)).sort((a, b) => b - a);
  return bins.length > 3 && heights[0]! > SPIKE * heights[2]!;
}

function build(
  histogram: Histogram,
  widths: readonly number[],
  equalWidths: boolean,
  layout: BinLayout,
): DrawnHistogram {
  const { edges, reference, current, psi_contribution } = histogram;
  const count = widths.length;
  const inner = sum(widths.slice(1, -1));
  const isLong = (index: number) =>
    layout === "widths" &&
    !equalWidths &&
    count >= 4 &&
    (index === 0 || index === count - 1) &&
    widths[index]! > Math.max(LONG_END * inner, 2 * widths[index === 0 ? 1 : count - 2]!);
  const drawnWidths = widths.map((width, index) =>
    layout === "bins" ? 1 : isLong(index) ? SHORT_END * inner : width,
  );
  const total = sum(drawnWidths);
  const lefts: number[] = [];
  let at = 0;
  for (const width of drawnWidths) {
    lefts.push(total > 0 ? at / total : lefts.length / count);
    at += width;
  }
  lefts.push(1);

  const measure = layout === "widths" && !equalWidths ? "density" : "share";
  const smallest = Math.min(...widths.filter((width) => width > 0));
  const unit = (index: number) =>
    measure === "share" ? 1 : widths[index]! > 0 ? widths[index]! : Number.isFinite(smallest) ? smallest : 1;
  const nReference = sum(reference);
  const nCurrent = sum(current);
  const share = (n: number | undefined, of: number) => (of > 0 ? (n ?? 0) / of : 0);
  const heights = widths.map((_, index) => ({
    reference: share(reference[index], nReference) / unit(index),
    current: share(current[index], nCurrent) / unit(index),
  }));
  const top = Math.max(...heights.flatMap((height) => [height.reference, height.current]));
  const topPsi = Math.max(...psi_contribution.map(Math.abs), 0);
  const bins = heights.map((height, index) => ({
    from: edges[index]!,
    to: edges[index + 1]!,
    left: lefts[index]!,
    right: lefts[index + 1]!,
    reference: top > 0 ? height.reference / top : 0,
    current: top > 0 ? height.current / top : 0,
    referenceShare: share(reference[index], nReference),
    currentShare: share(current[index], nCurrent),
    referenceN: reference[index] ?? 0,
    currentN: current[index] ?? 0,
    psi: psi_contribution[index] ?? 0,
    weight: topPsi > 0 ? Math.abs(psi_contribution[index] ?? 0) / topPsi : 0,
    clipped: isLong(index),
  }));
  const place = (value: number) => {
    const bin = bins.find(({ to }) => value <= to) ?? bins[count - 1]!;
    if (value <= bin.from || bin.to <= bin.from) return bin.left;
    const within = Math.min((value - bin.from) / (bin.to - bin.from), 1);
    return bin.left + within * (bin.right - bin.left);
  };
  const drawn: [number, number] = [
    isLong(0) ? edges[1]! - SHORT_END * inner : edges[0]!,
    isLong(count - 1) ? edges[count - 1]! + SHORT_END * inner : edges[count]!,
  ];
  return { layout, measure, top, bins, equalWidths, place, drawn };
}
