import { binIndex, nextDown } from "./bin-edges";

const TAIL_OCTAVES = 12;
const TAIL_STEPS = 8;

/**
 * Fixed, right-closed bins for a probability, the same for every model, so that their counts always add up.
 *
 * 256 bins of equal width over [0, 1]; the first and the last are divided further, eight a halving down to
 * 2⁻²⁰ from either end, since good models crowd there; exactly 0 and exactly 1 have a bin each.
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
  for (let octave = 1; octave <= TAIL_OCTAVES; octave++) {
    for (let step = 0; step < TAIL_STEPS; step++) {
      const tail = (2 ** -octave * (1 + step / TAIL_STEPS)) / 256;
      all.add(tail);
      all.add(1 - tail);
    }
  }
  return Float64Array.from(all).sort();
}
