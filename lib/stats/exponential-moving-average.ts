/**
 * Exponential moving average, debiased: a smoothed course of a series, for drawing.
 *
 * e₀ = 0, eᵢ = w·eᵢ₋₁ + (1 − w)·yᵢ over the finite values, reported as eᵢ / (1 − wⁱ), so that the course starts at the
 * first value and not at 0. This is what TensorBoard draws. Each point counts as one step, however far it lies from the
 * one before.
 *
 * @param values in the order of their steps; NaN and the infinities are passed over
 * @param weight of the past, 0 (nothing is smoothed) to below 1
 * @returns as many values as there are; NaN where the value is not finite
 * @see Kingma and Ba, Adam (2015), section 3, for the debiasing. O(n).
 * @example exponentialMovingAverage([1, 3], 0.5) // [1, (0.25 + 1.5) / 0.75 = 2.333…]
 */
export function exponentialMovingAverage(values: readonly number[], weight: number): number[] {
  let average = 0;
  let decay = 1;
  return values.map((value) => {
    if (!Number.isFinite(value)) return Number.NaN;
    average = weight * average + (1 - weight) * value;
    decay *= weight;
    return average / (1 - decay);
  });
}
