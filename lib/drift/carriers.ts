import type { Sides } from "@/lib/stats/sample";
import type { Histogram } from "@/lib/summaries/histogram";

/**
 * The values at which a feature has gained the most: those up to (or from) the point where the cumulative shares lie
 * furthest apart for numbers, whose share of the current rows exceeds the reference's by D; the categories that grew,
 * whose share exceeds the reference's by the total variation.
 */
export type GainedKeys = { has(key: number): boolean; gain: number };

/**
 * Where a feature's distance lies, from counts over the same keys, which ascend with the values.
 * @returns null when a side has no value
 */
export function gainedKeys(
  { reference, current }: Sides<Histogram>,
  type: "numerical" | "categorical",
): GainedKeys | null {
  if (reference.n === 0 || current.n === 0) return null;
  const excess = (key: number) =>
    (current.counts.get(key) ?? 0) / current.n - (reference.counts.get(key) ?? 0) / reference.n;
  const keys = [...new Set([...reference.counts.keys(), ...current.counts.keys()])].sort((a, b) => a - b);
  if (type === "categorical") {
    const gained = new Set(keys.filter((key) => excess(key) > 0));
    return {
      has: (key) => gained.has(key),
      gain: keys.reduce((sum, key) => sum + Math.max(0, excess(key)), 0),
    };
  }
  let [below, gap, edge] = [0, 0, keys[0]!];
  for (const key of keys) {
    below += excess(key);
    if (Math.abs(below) > Math.abs(gap)) [gap, edge] = [below, key];
  }
  return { has: gap >= 0 ? (key) => key <= edge : (key) => key > edge, gain: Math.abs(gap) };
}

/** Rows of one part of the traffic that have a value, and those of them among the gained. */
export type PartCounts = { n: number; gained: number };

/**
 * What each part of the traffic adds to a feature's distance: its traffic share times how far the part itself has
 * moved at the point where the whole has moved most, w·(P_part(A) − P_reference(A)). The parts of a window add up to the
 * distance, so that contribution / distance is the part's share of the drift: above its traffic share the part has moved
 * further than the rest, at 0 it has not moved, below 0 it holds against.
 */
export function contributionOf(part: PartCounts, whole: { n: number; inReference: number }): number {
  return part.gained / whole.n - (part.n / whole.n) * whole.inReference;
}
