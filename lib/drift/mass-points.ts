import { holdsOneValue } from "@/lib/stats/bin-edges";
import type { WeightedPoints } from "@/lib/stats/wasserstein";
import type { Moments } from "@/lib/summaries/histogram";

/** Rows of one bin: all between low and high, and taken to lie at `at`. */
type Mass = { low: number; high: number; at: number; n: number };

/**
 * Where the rows of a histogram may be taken to lie, for what depends on how far values are from each other.
 *
 * One row lies at the smallest value and one at the largest, which are known; those of an atom lie at its value; the rest
 * of a bin in one point within it. These points start mid-bin (beyond the outermost edges on both sides: as far out as
 * Σx² says, see {@link placeTails}), and are then moved, the widest bin's first, until the points' mean is the true one:
 * a mean that is off comes from where there is most room to be wrong, such as the open bin above the last edge.
 *
 * @param counts over right-closed bins, one more than edges
 * @param moments of the same rows; n ≥ 1, with min and max
 * @returns ascending points, the weights adding up to n. A sum beyond a double leaves them mid-bin. O(bins · log bins).
 */
export function massPoints(
  { edges, counts }: { edges: Float64Array; counts: Float64Array },
  { n, sum, sumSquared, min, max }: Moments,
): WeightedPoints {
  if (min === null || max === null || min === max) return { values: [min ?? 0], weights: [n] };
  const masses = inBins({ edges, counts, min, max });
  if (Number.isFinite(sum)) {
    const rest = sum - min - max;
    if (edges.length > 1)
      placeTails(masses, { edges, rest, restSquared: sumSquared - min * min - max * max });
    meet(masses, rest);
  }
  return {
    values: [min, ...masses.map(({ at }) => at), max],
    weights: [1, ...masses.map((mass) => mass.n), 1],
  };
}

/** All rows but one at min and one at max, each bin cut to the range seen. */
function inBins({
  edges,
  counts,
  min,
  max,
}: {
  edges: Float64Array;
  counts: Float64Array;
  min: number;
  max: number;
}): Mass[] {
  const used = (count: number) => count > 0;
  const [first, last] = [counts.findIndex(used), counts.findLastIndex(used)];
  const masses: Mass[] = [];
  for (let bin = first; bin <= last; bin++) {
    const n = counts[bin]! - (bin === first ? 1 : 0) - (bin === last ? 1 : 0);
    if (!(n > 0)) continue;
    const high = Math.min(edges[bin] ?? max, max);
    const low = holdsOneValue(edges, bin) ? high : Math.min(high, Math.max(edges[bin - 1] ?? min, min));
    masses.push({ low, high, at: low / 2 + high / 2, n });
  }
  return masses;
}

/**
 * Where rows lie both below the first edge and above the last, their mean alone does not say how far out either are: Σx
 * and Σx² together do, if what lies beyond an edge falls off as an exponential law does, whose mean square is twice its
 * squared mean.
 */
function placeTails(
  masses: readonly Mass[],
  { edges, rest, restSquared }: { edges: Float64Array; rest: number; restSquared: number },
): void {
  const [from, to] = [edges[0]!, edges[edges.length - 1]!];
  const below = masses.find((mass) => mass.high <= from);
  const above = masses.find((mass) => mass.low >= to);
  if (!below || !above) return;
  // About the middle, so that both tails lie equally far out and a square grows with the distance in each.
  const centre = from / 2 + to / 2;
  const half = to - centre;
  let n = 0;
  let inner = 0;
  let innerSquared = 0;
  for (const mass of masses) {
    n += mass.n;
    if (mass === below || mass === above) continue;
    inner += mass.n * (mass.at - centre);
    innerSquared += mass.n * (mass.at - centre) ** 2;
  }
  const first = rest - n * centre - inner;
  const second = restSquared - 2 * centre * rest + n * centre ** 2 - innerSquared;
  if (!Number.isFinite(second)) return;
  const matching = (up: number) => (above.n * (half + up) - first) / below.n - half;
  const square = (beyond: number) => half * half + 2 * half * beyond + 2 * beyond * beyond;
  let least = Math.max(0, (first + below.n * half) / above.n - half);
  let most = Math.min(above.high - to, (first + below.n * (half + from - below.low)) / above.n - half);
  if (!(least <= most)) return;
  for (let step = 0; step < 50; step++) {
    const up = least / 2 + most / 2;
    if (above.n * square(up) + below.n * square(matching(up)) < second) least = up;
    else most = up;
  }
  above.at = clamp(to + least, above);
  below.at = clamp(from - matching(least), below);
}

/** Moves the points within their bins until they add up to a sum. */
function meet(masses: readonly Mass[], sum: number): void {
  let missing = masses.reduce((left, mass) => left - mass.n * mass.at, sum);
  for (const mass of [...masses].sort((a, b) => b.high - b.low - (a.high - a.low))) {
    const at = clamp(mass.at + missing / mass.n, mass);
    missing -= mass.n * (at - mass.at);
    mass.at = at;
  }
}

const clamp = (value: number, { low, high }: Mass) => Math.min(high, Math.max(low, value));
