import type { Bins } from "./binner";
import { countColumn } from "./count-column";
import type { Histogram } from "./summarise";

/** A histogram as it is stored: keys in no order, each once, and what was counted under them. */
export type StoredHistogram = Omit<Histogram, "counts"> & {
  keys: Uint16Array | Int32Array;
  amounts: Uint16Array | Uint32Array | Float64Array;
};

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

  addStored(from: StoredHistogram): void {
    this.#addMoments(from);
    if (this.#dense) {
      const [dense, { keys, amounts }] = [this.#dense, from];
      for (let i = 0; i < keys.length; i++) dense[keys[i]!]! += amounts[i]!;
      this.#counts = null;
      return;
    }
    const counts = this.#counts!;
    from.keys.forEach((key, i) => {
      counts.set(key, (counts.get(key) ?? 0) + from.amounts[i]!);
    });
  }

  /** Adds values of the column; NaN is missing. */
  addValues(values: Float64Array): void {
    const counted: Histogram = {
      n: 0,
      missing: 0,
      sum: 0,
      sumSquared: 0,
      min: null,
      max: null,
      counts: new Map(),
    };
    countColumn(counted, this.bins, values);
    this.#addMoments(counted);
    if (this.#dense) {
      for (const [key, count] of counted.counts) this.#dense[key]! += count;
      this.#counts = null;
      return;
    }
    const counts = this.#counts!;
    for (const [key, count] of counted.counts) counts.set(key, (counts.get(key) ?? 0) + count);
  }

  #addMoments(from: Omit<Histogram, "counts">): void {
    this.n += from.n;
    this.missing += from.missing;
    this.sum += from.sum;
    this.sumSquared += from.sumSquared;
    if (from.min !== null && (this.min === null || from.min < this.min)) this.min = from.min;
    if (from.max !== null && (this.max === null || from.max > this.max)) this.max = from.max;
  }
}
