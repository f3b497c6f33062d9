import { expect, test } from "vitest";
import { permutationImportance } from "./permutation-importance";

/** Mulberry32. */
function uniform(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const grid = (n: number, features: number, seed: number) => {
  const next = uniform(seed);
  return Array.from({ length: n }, () => Array.from({ length: features }, () => next()));
};

test("what the outcome depends on stands first, also by a curve that no correlation sees", () => {
  const rows = grid(80, 4, 1);
  const importance = permutationImportance(
    rows,
    rows.map((row) => (row[2]! - 0.5) ** 2),
    uniform(2),
  );
  expect(importance.indexOf(Math.max(...importance))).toBe(2);
  expect(importance[2]).toBeGreaterThan(0.5);
  for (const other of [0, 1, 3]) expect(importance[other]).toBeLessThan(0.15);
});

test("of two inputs the one that moves the outcome more counts more", () => {
  const rows = grid(100, 2, 3);
  const [more, less] = permutationImportance(
    rows,
    rows.map(([a, b]) => 3 * a! + b!),
    uniform(4),
  );
  expect(more).toBeGreaterThan(2 * less!);
});

test("under a true null importance is small on average: 40 sweeps of noise", () => {
  let sum = 0;
  for (let sweep = 0; sweep < 40; sweep++) {
    const next = uniform(100 + sweep);
    const importance = permutationImportance(
      grid(30, 3, sweep),
      Array.from({ length: 30 }, next),
      uniform(sweep),
    );
    sum += importance.reduce((a, b) => a + b, 0) / 3;
  }
  expect(sum / 40).toBeLessThan(0.1);
});

test("nothing to explain, or too few rows, is zero; the same numbers give the same answer", () => {
  expect(permutationImportance(grid(20, 2, 1), new Array(20).fill(5), uniform(1))).toEqual([0, 0]);
  expect(permutationImportance(grid(4, 2, 1), [1, 2, 3, 4], uniform(1))).toEqual([0, 0]);
  expect(permutationImportance([], [], uniform(1))).toEqual([]);
  const rows = grid(30, 2, 5);
  const once = () =>
    permutationImportance(
      rows,
      rows.map(([a]) => a!),
      uniform(6),
    );
  expect(once()).toEqual(once());
});
