import type { Histogram } from "@/lib/summaries/summarise";

export type Moments = { mean: number | null; deviation: number | null };

/**
 * Mean and (population) standard deviation of what a histogram has counted.
 * @returns nulls for no value. The deviation comes from Σx and Σx², so for values whose spread is below a ten-millionth
 *   of their size rounding eats it: it is then 0 where all values are equal, else null.
 */
export function moments({ n, sum, sumSquared, min, max }: Histogram): Moments {
  if (n === 0) return { mean: null, deviation: null };
  const mean = clamp(sum / n, min, max);
  if (min === max) return { mean, deviation: 0 };
  const meanSquare = sumSquared / n;
  const variance = meanSquare - mean * mean;
  const lost = !(variance > 1e-13 * meanSquare) || !Number.isFinite(variance);
  return { mean: Number.isFinite(mean) ? mean : null, deviation: lost ? null : Math.sqrt(variance) };
}

function clamp(value: number, min: number | null, max: number | null): number {
  return Math.min(max ?? value, Math.max(min ?? value, value));
}
