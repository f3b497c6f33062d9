import { binIndex, nextDown } from "./bin-edges";

/** Steps a halving of the distance from 0 or from 1: 32 down to 2⁻⁹, 8 down to 2⁻²⁰. */
const FINE = { from: 4, to: 9, steps: 32 };
const COARSE = { from: 10, to: 20, steps: 8 };

/**
 * Fixed, right-closed bins for a probability, the same for every model, so that their counts always add up.
 *
 * 256 bins of equal width over [0, 1]; within 1/8 of either end they are divided further, 32 a halving of the
 * distance down to 2⁻⁹ and 8 a halving down to 2⁻²⁰, since good models crowd there; exactly 0 and exactly 1 have
 * a bin each.
 */
export const scoreEdges: Float64Array = edges();

/** How many bins `scoreBin` tells apart. The last one, above 1, stays empty for probabilities. */
export const SCORE_BINS: number = scoreEdges.length + 1;

/**
 * The bin of a probability, for `aucFromHistogram`.
 *
 * @param score a probability in [0, 1]; what lies outside goes to the first or the last bin
 * @returns 0 to SCORE_BINS − 1, ascending in the score. Some 30 ns.
 * @example scoreBin(0) // 0
 */
export function scoreBin(score: number): number {
  return binIndex(scoreEdges, score);
}

function edges(): Float64Array {
  const all = new Set<number>([0, nextDown(1), 1]);
  for (let i = 1; i < 256; i++) all.add(i / 256);
  for (const { from, to, steps } of [FINE, COARSE]) {
    for (let octave = from; octave <= to; octave++) {
      for (let step = 0; step < steps; step++) {
        const tail = 2 ** -octave * (1 + step / steps);
        all.add(tail);
        all.add(1 - tail);
      }
    }
  }
  return Float64Array.from(all).sort();
}
