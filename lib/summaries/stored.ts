import type { Pairs } from "./histogram";

/** Visits the pairs of two array literals of integers of equal length, `{1,2,3}`. */
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

/** A sparse histogram from two array literals of equal length. */
export function parseCounts(keys: string, amounts: string): Map<number, number> {
  const counts = new Map<number, number>();
  eachPair(keys, amounts, (key, amount) => counts.set(key, amount));
  return counts;
}

/** Two array literals as the narrowest arrays that hold them: some 4 to 6 bytes a pair, since many are kept. */
export function packCounts(keys: string, amounts: string): Pairs {
  // A pair takes two characters or more, so that neither array can be too short.
  const allKeys = new Int32Array(keys.length >> 1);
  const allAmounts = new Float64Array(keys.length >> 1);
  let n = 0;
  let narrow = true;
  let most = 0;
  eachPair(keys, amounts, (key, amount) => {
    allKeys[n] = key;
    allAmounts[n++] = amount;
    if (key < 0 || key > 0xffff) narrow = false;
    if (amount > most) most = amount;
  });
  const Amounts = most <= 0xffff ? Uint16Array : most <= 0xffff_ffff ? Uint32Array : Float64Array;
  return {
    keys: new (narrow ? Uint16Array : Int32Array)(allKeys.subarray(0, n)),
    amounts: new Amounts(allAmounts.subarray(0, n)),
  };
}
