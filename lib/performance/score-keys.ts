import type { KeyCounts } from "./outcome";

/** Keys per unit of logit; see score_bin in drizzle/0001_record.sql, which this mirrors. */
const PER_UNIT = 128;
/** The keys of probabilities nearer to 0 and 1 than 1e-9. */
const FIRST = -2700;
const LAST = 2700;

/** One place per key, in ascending order of the score. */
export const SCORE_KEYS = LAST - FIRST + 1;

/** The key of a probability. */
export function scoreKey(score: number): number {
  if (score < 1e-9) return FIRST;
  if (score > 1 - 1e-9) return LAST;
  return Math.floor(Math.log(score / (1 - score)) * PER_UNIT);
}

/** Adds sparse counts to a dense histogram of SCORE_KEYS places. */
export function addKeys(into: Float64Array, { keys, counts }: KeyCounts): void {
  for (let i = 0; i < keys.length; i++) {
    const place = keys[i]! - FIRST;
    into[place] = (into[place] ?? 0) + counts[i]!;
  }
}

/** The probabilities [from, to) that share a place, and their middle on the logit scale. */
export function placeBounds(place: number): { from: number; to: number; middle: number } {
  const key = place + FIRST;
  if (key === FIRST) return { from: 0, to: 1e-9, middle: 0 };
  if (key === LAST) return { from: 1 - 1e-9, to: 1, middle: 1 };
  return {
    from: sigmoid(key / PER_UNIT),
    to: sigmoid((key + 1) / PER_UNIT),
    middle: sigmoid((key + 0.5) / PER_UNIT),
  };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
