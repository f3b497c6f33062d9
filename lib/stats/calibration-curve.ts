import type { Interval } from "./interval";
import { Z95 } from "./interval";

export type CalibrationBin = { low: number; high: number; n: number; sumScore: number; hits: number };

/**
 * How often a probability came true, by bins of the probability. Equal to scikit-learn's `calibration_curve`, which leaves
 * out empty bins too.
 *
 * @param rows labels (1: it came true) and probabilities from 0 to 1, row by row
 * @param options bins: how many; strategy: "uniform" cuts [0, 1] into equal widths, "quantile" into as many rows a bin as
 *   ties allow (edges are numpy's linear quantiles, so that fewer bins may have rows)
 * @returns bins that have rows, ascending, `(low, high]` and the first with its lower edge. O(n), quantile O(n log n).
 * @throws RangeError on different lengths
 * @see Niculescu-Mizil & Caruana (2005), doi:10.1145/1102351.1102430
 * @example calibrationBins({ labels: [0, 1], scores: [0.2, 0.8] }, { bins: 2, strategy: "uniform" })
 *   // [{ low: 0, high: 0.5, n: 1, sumScore: 0.2, hits: 0 }, { low: 0.5, high: 1, n: 1, sumScore: 0.8, hits: 1 }]
 */
export function calibrationBins(
  { labels, scores }: { labels: ArrayLike<number>; scores: Float64Array | readonly number[] },
  { bins, strategy }: { bins: number; strategy: "uniform" | "quantile" },
): CalibrationBin[] {
  if (labels.length !== scores.length) {
    throw new RangeError(`${labels.length} labels with ${scores.length} scores: give one score a label`);
  }
  if (scores.length === 0) return [];
  // numpy's linspace multiplies, which decides where a score of 0.3 belongs
  const edges =
    strategy === "uniform"
      ? Array.from({ length: bins + 1 }, (_, i) => (i === bins ? 1 : i * (1 / bins)))
      : quantileEdges(scores, bins);
  const found = edges
    .slice(0, -1)
    .map((low, i): CalibrationBin => ({ low, high: edges[i + 1]!, n: 0, sumScore: 0, hits: 0 }));
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    const bin = found[placeOf(edges, score)]!;
    bin.n++;
    bin.sumScore += score;
    if (labels[i]) bin.hits++;
  }
  return found.filter((bin) => bin.n > 0);
}

/** The bin of a score; at an inner edge the one below. */
function placeOf(edges: readonly number[], score: number): number {
  let low = 1;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! < score) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function quantileEdges(scores: Float64Array | readonly number[], bins: number): number[] {
  const sorted = new Float64Array(scores).sort();
  return Array.from({ length: bins + 1 }, (_, i) => {
    const at = (i / bins) * (sorted.length - 1);
    const below = Math.floor(at);
    const next = sorted[Math.min(below + 1, sorted.length - 1)]!;
    return sorted[below]! + (next - sorted[below]!) * (at - below);
  });
}

/**
 * Expected calibration error: how far the mean probability of a bin lies from the share that came true, averaged over the
 * rows.
 *
 * @returns 0 to 1, lower is better; above 0 for the best calibrated model too, the more so the fewer rows a bin has;
 *   null without a row. O(bins).
 * @see Naeini, Cooper & Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602
 * @example expectedCalibrationError([{ low: 0, high: 1, n: 4, sumScore: 2, hits: 3 }]) // 0.25
 */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number | null {
  let n = 0;
  let sum = 0;
  for (const bin of bins) {
    n += bin.n;
    sum += Math.abs(bin.sumScore - bin.hits);
  }
  return n > 0 ? sum / n : null;
}

/**
 * A 95 % interval of the expected calibration error, on the safe side. Noise only ever adds to an absolute value, at most
 * Σ w·σ·√(2/π) on average, which is what it adds for a model that is perfectly calibrated (w: a bin's share of the rows, σ:
 * the binomial deviation of its share that came true). So the lower bound lies that much and 1.96·√Σ(wσ)² below the value,
 * the upper one 1.96·√Σ(wσ)² above it.
 *
 * @returns bounds in [0, 1], which leave the truth out in 5 % of samples or fewer; null without a row. O(bins).
 * @see Roelofs et al. (2022), Mitigating bias in calibration error estimation (on the bias)
 * @example calibrationErrorInterval([{ low: 0, high: 1, n: 100, sumScore: 70, hits: 50 }])
 *   // { lower: 0.063…, upper: 0.297… } about 0.2
 */
export function calibrationErrorInterval(bins: readonly CalibrationBin[]): Interval | null {
  const value = expectedCalibrationError(bins);
  if (value === null) return null;
  const rows = bins.reduce((sum, bin) => sum + bin.n, 0);
  let [bias, variance] = [0, 0];
  for (const { n, hits } of bins) {
    // Drawn a little towards ½, since a bin of few rows that all came true is not without noise.
    const share = (hits + 1) / (n + 2);
    const deviation = ((n / rows) * Math.sqrt(share * (1 - share))) / Math.sqrt(n);
    bias += deviation * Math.sqrt(2 / Math.PI);
    variance += deviation * deviation;
  }
  const half = Z95 * Math.sqrt(variance);
  return { lower: Math.max(0, value - bias - half), upper: Math.min(1, value + half) };
}
