import type { Bins } from "./binner";
import { tallyColumn } from "./count-column";
import { addMoments, type Histogram, type PairedHistogram } from "./histogram";

/** Bins that are counted in an array. */
export const roomOf = (bins: Bins): number => (bins.kind === "edges" ? bins.edges.length + 1 : 0);

/**
 * A histogram under addition. Over edges it counts in an array, so that adding a stored bucket makes no garbage: a
 * month of 20 columns is 150,000 pairs. `counts` is made when it is first asked for.
 */
export class Tally implements Histogram {
  n = 0;
  missing = 0;
  sum = 0;
  sumSquared = 0;
  min: number | null = null;
  max: number | null = null;
  readonly #dense: Float64Array | null;
  #counts: Map<number, number> | null;

  /** @param room zeros to count in, as many as {@link roomOf} says */
  constructor(
    private readonly bins: Bins,
    room = new Float64Array(roomOf(bins)),
  ) {
    this.#dense = bins.kind === "edges" ? room : null;
    this.#counts = this.#dense ? null : new Map();
  }

  get counts(): Map<number, number> {
    if (this.#counts) return this.#counts;
    const counts = new Map<number, number>();
    this.#dense!.forEach((count, key) => {
      if (count !== 0) counts.set(key, count);
    });
    this.#counts = counts;
    return counts;
  }

  /** Counts by key, over edges; null where keys are sparse. */
  get dense(): Float64Array | null {
    return this.#dense;
  }

  add(from: PairedHistogram): void {
    addMoments(this, from);
    const { keys, amounts } = from;
    if (this.#dense) {
      const dense = this.#dense;
      for (let i = 0; i < keys.length; i++) dense[keys[i]!]! += amounts[i]!;
      this.#counts = null;
      return;
    }
    const counts = this.#counts!;
    for (let i = 0; i < keys.length; i++) counts.set(keys[i]!, (counts.get(keys[i]!) ?? 0) + amounts[i]!);
  }

  /** Adds values of the column; NaN is missing. */
  addValues(values: Float64Array): void {
    this.add(tallyColumn(this.bins, values));
  }
}
