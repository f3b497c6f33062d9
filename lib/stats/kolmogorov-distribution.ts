import { durbinCdf } from "./durbin-matrix";
import { pelzGoodCdf } from "./pelz-good";
import { pomeranzCdf } from "./pomeranz";
import { smirnovUpperTail } from "./smirnov-one-sided";

/**
 * Upper tail of Kolmogorov's distribution, P(Dₙ > d), where Dₙ is the largest distance of the empirical
 * distribution function of n values from the true, continuous one.
 *
 * Variant: finite n, not the limit. Simard and L'Ecuyer's choice among closed forms, Durbin's matrix,
 * Pomeranz' recursion, Pelz and Good's expansion and twice Smirnov's one-sided tail (Miller), with the
 * borders of `scipy.stats.kstwo.sf`, which it equals to 1e-9 relative. One shortcut of ours: where the
 * distribution function is below 1e-7, Pelz–Good's relative error can no longer be seen in 1 − cdf and
 * the matrix is spared.
 *
 * @param n sample size, a positive integer
 * @param d distance; 0 or less gives 1, 1 or more gives 0
 * @returns probability in [0, 1]; 0 once n·d² passes 370 (below 1e-320). Beyond n = 1,000,000 Smirnov's tail is
 *   scipy's closed approximation. Microseconds; up to about a millisecond for n ≤ 140.
 * @see Simard & L'Ecuyer (2011), doi:10.18637/jss.v039.i11
 * @example kolmogorovUpperTail(10, 0.40925) // 0.05
 */
export function kolmogorovUpperTail(n: number, d: number): number {
  if (d >= 1) return 0;
  if (d <= 0) return 1;
  const t = n * d;
  if (t <= 0.5) return 1;
  if (t <= 1) return clip(1 - rubenGambino(n, t));
  if (t >= n - 1) return clip(2 * (1 - d) ** n);
  if (d >= 0.5) return clip(2 * smirnovUpperTail(n, d));
  const z2 = t * d;
  if (n <= 140) {
    if (z2 <= 0.754693) return clip(1 - durbinCdf(n, d));
    if (z2 <= 4) return clip(1 - pomeranzCdf(n, d));
    return clip(2 * smirnovUpperTail(n, d));
  }
  if (z2 >= 370) return 0;
  if (z2 >= 2.2) return clip(2 * smirnovUpperTail(n, d));
  const expansion = pelzGoodCdf(n, d);
  if (n <= 100_000 && n * d ** 1.5 <= 1.4 && expansion > 1e-7) return clip(1 - durbinCdf(n, d));
  return clip(1 - expansion);
}

/** P(Dₙ ≤ t/n) for ½ < t ≤ 1: n!/nⁿ·(2t − 1)ⁿ. */
function rubenGambino(n: number, t: number): number {
  let p = 1;
  for (let i = 1; i <= n && p > 0; i++) p *= (i / n) * (2 * t - 1);
  return p;
}

function clip(p: number): number {
  return Math.min(1, Math.max(0, p));
}
