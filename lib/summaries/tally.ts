import type { Bins } from "./binner";
import { countColumn } from "./count-column";
import type { Histogram } from "./summarise";

/** A histogram as it is stored: its arrays still are literals, `{1,2,3}`. */
export type StoredHistogram = Omit<Histogram, "counts"> & { keys: string; amounts: string };

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

  constructor(private readonly bins: Bins) {
    this.#dense = bins.kind === "edges" ? new Float64Array(bins.edges.length + 1) : null;
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
      addPairs(this.#dense, from.keys, from.amounts);
      this.#counts = null;
      return;
    }
    const counts = this.#counts!;
    eachPair(from.keys, from.amounts, (key, count) => counts.set(key, (counts.get(key) ?? 0) + count));
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

/** Visits the pairs of two array literals of integers of equal length. */
export function eachPair(keys: string, amounts: string, visit: (key: number, amount: number) => void): void {
  let k = 1;
  let a = 1;
  while (k < keys.length - 1) {
    const negative = keys.charCodeAt(k) === 45;
    if (negative) k++;
    let key = 0;
    for (let c = keys.charCodeAt(k); c >= 48 && c <= 57; c = keys.charCodeAt(++k)) key = key * 10 + c - 48;
    let amount = 0;
    for (let c = amounts.charCodeAt(a); c >= 48 && c <= 57; c = amounts.charCodeAt(++a))
      amount = amount * 10 + c - 48;
    visit(negative ? -key : key, amount);
    k++;
    a++;
  }
}

/** eachPair into an array, without a call per pair: bin numbers and counts are never negative. */
function addPairs(into: Float64Array, keys: string, amounts: string): void {
  let k = 1;
  let a = 1;
  const end = keys.length - 1;
  while (k < end) {
    let key = 0;
    for (let c = keys.charCodeAt(k); c >= 48 && c <= 57; c = keys.charCodeAt(++k)) key = key * 10 + c - 48;
    let amount = 0;
    for (let c = amounts.charCodeAt(a); c >= 48 && c <= 57; c = amounts.charCodeAt(++a))
      amount = amount * 10 + c - 48;
    into[key]! += amount;
    k++;
    a++;
  }
}
