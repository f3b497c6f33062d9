import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Cases of a vector file made by scripts/vectors; the caller names their shape. */
export function vectors<T>(name: string): T[] {
  const text = readFileSync(new URL(`./vectors/${name}.vectors.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { cases: T[] }).cases;
}

/** Equal to 1e-9 relative; below `floor` absolutely, where the reference itself has no more digits. */
export function expectClose(
  actual: number | null | undefined,
  expected: number,
  { relative = 1e-9, floor = 1e-300, note = "" }: { relative?: number; floor?: number; note?: string } = {},
): void {
  expect(actual, note).not.toBeNull();
  const miss = Math.abs(actual! - expected);
  const allowed = Math.max(relative * Math.abs(expected), floor);
  if (!(miss <= allowed))
    expect.fail(`${note} ${actual} is not ${expected}: off by ${miss / Math.abs(expected)}`);
}

/** mulberry32: small, seeded, good enough to calibrate a test. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A standard normal draw, by Box and Muller. */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** n draws over categories of these probabilities, as counts. */
export function multinomial(random: () => number, { n, p }: { n: number; p: readonly number[] }): number[] {
  const counts = p.map(() => 0);
  for (let i = 0; i < n; i++) {
    let left = random();
    let k = 0;
    while (k < p.length - 1 && left >= p[k]!) left -= p[k++]!;
    counts[k]!++;
  }
  return counts;
}

/** Share of `runs` seeded trials that fire. */
export function rate(runs: number, trial: () => boolean): number {
  let fired = 0;
  for (let i = 0; i < runs; i++) if (trial()) fired++;
  return fired / runs;
}

/** 99.9 % acceptance of a rate whose true value is 5 %, with `slack` for a stated approximation. */
export function expectFivePercent(observed: number, runs: number, slack = 0): void {
  const half = 3.29 * Math.sqrt((0.05 * 0.95) / runs) + slack;
  expect(Math.abs(observed - 0.05), `fired in ${observed} of ${runs} runs`).toBeLessThan(half);
}
