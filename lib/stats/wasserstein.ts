import type { Counts, Sample, Sides } from "./sample";
import { sortedCopy, total } from "./sample";

/** Points with weights: a value for each bin, and its count. */
export type WeightedPoints = { values: Sample; weights: Counts };

/**
 * Wasserstein-1 (earth mover's) distance of two raw samples: ∫ |F − G|, the mean distance by which values
 * would have to move to turn one sample into the other. Equals `scipy.stats.wasserstein_distance`.
 *
 * @param sides finite values in any order, in the feature's own unit; NaN is refused
 * @returns 0 or more, in the feature's unit: divide by the reference's standard deviation to compare
 *   features. null when a side is empty. O(n log n).
 * @throws RangeError on NaN
 * @see Vallender (1974), doi:10.1137/1118101
 * @example wasserstein({ reference: [0, 1, 3], current: [5, 6, 8] }) // 5
 */
export function wasserstein({ reference, current }: Sides<Sample>): number | null {
  if (reference.length === 0 || current.length === 0) return null;
  return wassersteinSorted({ reference: sortedCopy(reference), current: sortedCopy(current) });
}

/** {@link wasserstein} of samples already sorted in ascending order, without NaN. O(n). */
export function wassersteinSorted({ reference, current }: Sides<Float64Array>): number | null {
  const n = reference.length;
  const m = current.length;
  if (n === 0 || m === 0) return null;
  let i = 0;
  let j = 0;
  let distance = 0;
  let previous = Math.min(reference[0]!, current[0]!);
  while (i < n || j < m) {
    const fromReference = j === m || (i < n && reference[i]! <= current[j]!);
    const value = fromReference ? reference[i]! : current[j]!;
    if (value !== previous) distance += Math.abs(i / n - j / m) * (value - previous);
    previous = value;
    if (fromReference) i++;
    else j++;
  }
  return distance;
}

/**
 * Wasserstein-1 distance of weighted points, equal to `scipy.stats.wasserstein_distance` with weights.
 * With a point in each bin and counts as weights it is the histogram's distance; it then differs from
 * the raw one by at most the largest bin width.
 *
 * @param sides values in any order, one non-negative weight a value
 * @returns 0 or more, in the unit of the values; null when a side has no weight. O(k log k).
 * @throws RangeError on NaN or on a weight list of another length
 * @example wassersteinWeighted({
 *   reference: { values: [0, 1], weights: [3, 1] }, current: { values: [5, 6], weights: [2, 2] } }) // 5.25
 */
export function wassersteinWeighted(sides: Sides<WeightedPoints>): number | null {
  const n = checkedTotal(sides.reference);
  const m = checkedTotal(sides.current);
  if (!(n > 0 && m > 0)) return null;
  const points: { value: number; reference: number; current: number }[] = [];
  for (let i = 0; i < sides.reference.values.length; i++) {
    const weight = sides.reference.weights[i]!;
    if (weight > 0) points.push({ value: sides.reference.values[i]!, reference: weight, current: 0 });
  }
  for (let i = 0; i < sides.current.values.length; i++) {
    const weight = sides.current.weights[i]!;
    if (weight > 0) points.push({ value: sides.current.values[i]!, reference: 0, current: weight });
  }
  points.sort((a, b) => a.value - b.value);
  let distance = 0;
  // Weights are added up before they are divided: counts stay whole numbers, and like sides are at 0, not near it.
  let below = 0;
  let belowCurrent = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    below += points[i]!.reference;
    belowCurrent += points[i]!.current;
    const step = points[i + 1]!.value - points[i]!.value;
    if (step > 0) distance += Math.abs(below / n - belowCurrent / m) * step;
  }
  return distance;
}

function checkedTotal({ values, weights }: WeightedPoints): number {
  if (values.length !== weights.length) {
    throw new RangeError(
      `${values.length} values with ${weights.length} weights: give each value its weight`,
    );
  }
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]))
      throw new RangeError("a weighted sample holds NaN: drop missing values first");
  }
  return total(weights);
}
