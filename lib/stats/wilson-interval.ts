import { normalQuantile } from "./normal-distribution";

/**
 * Wilson score interval of a proportion: where the true rate lies, given k hits in n trials. Unlike
 * p ± 1.96·√(p(1−p)/n) it stays inside [0, 1] and keeps its coverage for few rows and for rates near 0 or 1.
 *
 * @param trials hits: 0 to n; n: number of trials
 * @param options confidence: 0.95 by default
 * @returns bounds in [0, 1] around the rate, or null for n = 0. Without continuity correction. O(1).
 * @see Wilson (1927), doi:10.1080/01621459.1927.10502953
 * @example wilsonInterval({ hits: 0, n: 10 }) // { lower: 0, upper: 0.2775… }
 */
export function wilsonInterval(
  { hits, n }: { hits: number; n: number },
  { confidence = 0.95 }: { confidence?: number } = {},
): { lower: number; upper: number } | null {
  if (!(n > 0)) return null;
  const z = normalQuantile(0.5 + confidence / 2);
  const share = hits / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = ((z / n) * Math.sqrt(n * share * (1 - share) + (z * z) / 4)) / (1 + (z * z) / n);
  return {
    lower: hits === 0 ? 0 : Math.max(0, centre - half),
    upper: hits === n ? 1 : Math.min(1, centre + half),
  };
}
