import type { Pairs } from "./histogram";

/** No key is this small: codes are positive, and bucket keys have 17 bits. */
const FREE = -(2 ** 31);
const SMALLEST = 256;
/** 2^32 over the golden ratio: neighbouring keys come to lie far apart. */
const SPREAD = 0x9e3779b1;

/**
 * Counts by whole key, in an open-addressed table of arrays: a fifth of what a Map costs a value. One is used for
 * column after column.
 */
export class KeyCounts {
  #keys = new Int32Array(SMALLEST).fill(FREE);
  #counts = new Float64Array(SMALLEST);
  /** Where keys lie, in the order in which they came, so that few cost little to take out of a large table. */
  #places = new Int32Array(SMALLEST / 2);
  #used = 0;

  /** @param key a whole number within (−2³¹, 2³¹) */
  add(key: number, amount = 1): void {
    const mask = this.#keys.length - 1;
    let at = Math.imul(key, SPREAD) >>> 7;
    for (;;) {
      at &= mask;
      const found = this.#keys[at]!;
      if (found === key) {
        this.#counts[at]! += amount;
        return;
      }
      if (found === FREE) break;
      at++;
    }
    this.#keys[at] = key;
    this.#counts[at] = amount;
    this.#places[this.#used++] = at;
    if (this.#used === this.#places.length) this.#grow();
  }

  addPairs({ keys, amounts }: Pairs): void {
    for (let i = 0; i < keys.length; i++) this.add(keys[i]!, amounts[i]!);
  }

  /** Everything counted, in the order in which the keys came; then it starts anew. */
  take(): { keys: Int32Array; amounts: Float64Array } {
    const keys = new Int32Array(this.#used);
    const amounts = new Float64Array(this.#used);
    for (let i = 0; i < this.#used; i++) {
      const at = this.#places[i]!;
      keys[i] = this.#keys[at]!;
      amounts[i] = this.#counts[at]!;
      this.#keys[at] = FREE;
    }
    this.#used = 0;
    return { keys, amounts };
  }

  #grow(): void {
    const held = this.take();
    const room = this.#keys.length * 2;
    this.#keys = new Int32Array(room).fill(FREE);
    this.#counts = new Float64Array(room);
    this.#places = new Int32Array(room / 2);
    this.addPairs(held);
  }
}
