import { holdsOneValue } from "./bin-edges";
import type { Counts } from "./sample";
import { total } from "./sample";

/** A coarser set of bins for the eye, made of whole fine ones. */
export type DisplayBins = {
  /** indices into the fine edges, ascending */
  kept: number[];
  /** the fine edges at these indices: visible bins are right-closed between them, below and above */
  edges: number[];
  /** fine bins that a count array must have */
  fineBins: number;
};

const AIM = 24;
const FEWEST = 20;
const MOST = 36;
/** A single value this heavy gets a visible bin of its own. */
const SPIKE = 0.05;
/** A visible bin heavier than this is split while there is room. */
const HEAVY = 0.15;

/**
 * Which fine bin edges to show: 20 to 36 bins where the fine bins allow it, in which scores on binned counts
 * (PSI, KL, Jensen–Shannon) are taken too, so that what is drawn is what is scored.
 *
 * Edges lie near equal steps over the reference's middle 99 %, each moved to its nearest fine edge; single values
 * that hold 5 % or more stand alone; bins with more than 15 % of the reference are halved by mass. The
 * reference's smallest and largest value are always edges, so the first and the last bin show what lies
 * outside the reference. A feature with up to 33 different values gets one bin a value (a new value between two
 * old ones is shown with the larger one).
 *
 * @param edges fine edges, strictly ascending, from `binEdges` or `exponentialHistogram`
 * @param reference counts over the fine bins, one more than edges
 * @returns kept edges, strictly ascending; none for an empty reference. O(fine bins · shown bins).
 * @throws RangeError when counts do not fit the edges
 * @example displayBins({ edges: [0.9999999999999999, 1, 1.9999999999999998, 2], reference: [0, 5, 0, 5, 0] })
 *   // { kept: [0, 1, 3], edges: [0.9999999999999999, 1, 2], fineBins: 5 }
 */
export function displayBins({
  edges,
  reference,
}: {
  edges: Float64Array | readonly number[];
  reference: Counts;
}): DisplayBins {
  if (reference.length !== edges.length + 1) {
    throw new RangeError(`${reference.length} counts over ${edges.length} edges: expected one count more`);
  }
  const n = total(reference);
  if (!(n > 0) || edges.length === 0) return shown([], edges);
  const below = cumulative(reference);
  const first = firstEdge(below);
  const last = below.findIndex((count, i) => count === n && i < edges.length);
  const end = last === -1 ? edges.length - 1 : last;

  const values = singleValues(edges, reference);
  if (values !== null && values.length + 2 <= MOST - 1) {
    return shown([first, ...values], edges);
  }
  const kept = new Set<number>([first, end]);
  for (let bin = 1; bin < edges.length; bin++) {
    if (holdsOneValue(edges, bin) && reference[bin]! >= SPIKE * n) kept.add(bin - 1).add(bin);
  }
  addGrid(kept, { edges, below, n, first, end });
  splitHeavy(kept, { edges, below, n });
  return shown([...kept], edges);
}

/**
 * Counts (or sums) of fine bins added up to the visible ones.
 *
 * @param counts over the fine bins that `displayBins` was given
 * @returns one number a visible bin: one more than there are kept edges. O(fine bins).
 * @throws RangeError on another number of bins
 * @example coarsen([0, 5, 0, 5, 1], { kept: [0, 1, 3], edges: [0, 1, 2], fineBins: 5 }) // [0, 5, 5, 1]
 */
export function coarsen(counts: Counts, { kept, fineBins }: DisplayBins): number[] {
  if (counts.length !== fineBins) {
    throw new RangeError(`${counts.length} counts for ${fineBins} fine bins: count over the same edges`);
  }
  const coarse = new Array<number>(kept.length + 1).fill(0);
  let bin = 0;
  for (let i = 0; i < counts.length; i++) {
    coarse[bin]! += counts[i]!;
    if (i === kept[bin]) bin++;
  }
  return coarse;
}

function shown(kept: number[], edges: Float64Array | readonly number[]): DisplayBins {
  const ascending = [...new Set(kept)].sort((a, b) => a - b);
  return { kept: ascending, edges: ascending.map((i) => edges[i]!), fineBins: edges.length + 1 };
}

/** below[i]: how many lie at or below edge i; the last entry is all of them. */
function cumulative(counts: Counts): number[] {
  const below: number[] = [];
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i]!;
    below.push(sum);
  }
  return below;
}

/** The last edge that has nothing at or below it, or the first edge. */
function firstEdge(below: number[]): number {
  let index = 0;
  while (below[index + 1] === 0) index++;
  return below[index] === 0 ? index : 0;
}

/** The upper edges of the bins in use, if each of them holds one value only. */
function singleValues(edges: Float64Array | readonly number[], counts: Counts): number[] | null {
  const upper: number[] = [];
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] === 0) continue;
    if (!holdsOneValue(edges, bin)) return null;
    upper.push(bin);
  }
  return upper;
}

type Fine = { edges: Float64Array | readonly number[]; below: number[]; n: number };

function addGrid(
  kept: Set<number>,
  { edges, below, n, first, end }: Fine & { first: number; end: number },
): void {
  const low = edges[Math.max(first, below.findIndex((count) => count >= 0.005 * n) - 1)]!;
  const high =
    edges[
      Math.min(
        end,
        below.findIndex((count) => count >= 0.995 * n),
      )
    ]!;
  const width = (high - low) / AIM;
  let nearest = first;
  for (let step = 0; step <= AIM; step++) {
    const wanted = low + step * width;
    while (nearest < end && Math.abs(edges[nearest + 1]! - wanted) <= Math.abs(edges[nearest]! - wanted)) {
      nearest++;
    }
    // never between a value and the double below it, which would be an atom by accident
    const at = holdsOneValue(edges, nearest + 1) && !kept.has(nearest) ? Math.max(0, nearest - 1) : nearest;
    if (at >= first && farFromKept(kept, { edges, at, width })) kept.add(at);
  }
}

function farFromKept(
  kept: Set<number>,
  { edges, at, width }: { edges: Float64Array | readonly number[]; at: number; width: number },
): boolean {
  for (const other of kept) if (Math.abs(edges[at]! - edges[other]!) < width / 2) return false;
  return true;
}

function splitHeavy(kept: Set<number>, { edges, below, n }: Fine): void {
  while (kept.size + 1 < MOST) {
    const ascending = [...kept].sort((a, b) => a - b);
    const heavy = kept.size + 1 < FEWEST ? 0 : HEAVY * n;
    let best: { mass: number; at: number } | null = null;
    for (let i = 1; i < ascending.length; i++) {
      const [from, to] = [ascending[i - 1]!, ascending[i]!];
      const mass = below[to]! - below[from]!;
      const at = middleEdge({ edges, below, from, to });
      if (at !== null && mass > heavy && (best === null || mass > best.mass)) best = { mass, at };
    }
    if (best === null) return;
    kept.add(best.at);
  }
}

/** The edge strictly between two that halves the mass best and leaves some on both sides. */
function middleEdge({
  edges,
  below,
  from,
  to,
}: {
  edges: Float64Array | readonly number[];
  below: number[];
  from: number;
  to: number;
}): number | null {
  let best: number | null = null;
  let leastSkew = below[to]! - below[from]!;
  for (let at = from + 1; at < to; at++) {
    const skew = Math.abs(2 * below[at]! - below[from]! - below[to]!);
    if (skew < leastSkew && !holdsOneValue(edges, at + 1)) {
      leastSkew = skew;
      best = at;
    }
  }
  return best;
}
