import type { Histogram } from "@/lib/summaries/histogram";

export type Moments = { mean: number | null; deviation: number | null };

/**
 * Mean and (population) standard deviation of what a histogram has counted.
 * @returns nulls for no value. The deviation comes from Σx and Σx², so for values whose spread is below a ten-millionth
 *   of their size rounding eats it: it is then 0 where all values are equal, else null. Both are null where the sum is
 *   beyond a double.
 */
export function moments({ n, sum, sumSquared, min, max }: Histogram): Moments {
  if (n === 0) return { mean: null, deviation: null };
  if (min !== null && min === max) return { mean: min, deviation: 0 };
  // Values near 1.8e308 add up to more than a double holds: their mean is then not known, their counts are.
  if (!Number.isFinite(sum)) return { mean: null, deviation: null };
  const mean = clamp(sum / n, min, max);
  const meanSquare = sumSquared / n;
  const variance = meanSquare - mean * mean;
  const lost = !(variance > 1e-13 * meanSquare) || !Number.isFinite(variance);
  return { mean, deviation: lost ? null : Math.sqrt(variance) };
}

function clamp(value: number, min: number | null, max: number | null): number {
  return Math.min(max ?? value, Math.max(min ?? value, value));
}
