import { chiSquareUpperTail } from "./chi-square-distribution";

/**
 * McNemar's test: are two models equally often right on the same rows? Only the rows on which one is right and the other
 * wrong speak.
 *
 * Variant: `pExact` is the two-sided binomial test of the smaller count, at most 1; `pCorrected` is chi-square of
 * (|b − c| − 1)²/(b + c), Edwards' continuity correction. Equal to statsmodels' `mcnemar(exact=True)` and
 * `mcnemar(exact=False, correction=True)`. Both are conservative: they reject a true null at most 5 % of the time at 0.05,
 * less for few rows. `pMid`, the exact one less half the probability of what was seen, comes closest to 5 %.
 *
 * @param counts rows on which only the one, and only the other, is right
 * @returns p-values in [0, 1]; without such rows statistic 0 and p-values 1. O(√rows).
 * @see McNemar (1947), doi:10.1007/BF02295996
 * @see Fagerland, Lydersen & Laake (2013), doi:10.1186/1471-2288-13-91 (mid-p)
 * @example mcnemar({ onlyChampion: 2, onlyChallenger: 9 })
 *   // { pExact: 0.0654…, pMid: 0.0386…, statistic: 3.272…, pCorrected: 0.0704… }
 */
export function mcnemar({ onlyChampion, onlyChallenger }: { onlyChampion: number; onlyChallenger: number }): {
  pExact: number;
  pMid: number;
  statistic: number;
  pCorrected: number;
} {
  const n = onlyChampion + onlyChallenger;
  if (n === 0) return { pExact: 1, pMid: 1, statistic: 0, pCorrected: 1 };
  const statistic = (Math.abs(onlyChampion - onlyChallenger) - 1) ** 2 / n;
  const pCorrected = chiSquareUpperTail(statistic, 1);
  const { tail, mass } = halfTail(Math.min(onlyChampion, onlyChallenger), n);
  return {
    pExact: Math.min(1, 2 * tail),
    pMid: onlyChampion === onlyChallenger ? 1 - mass : 2 * tail - mass,
    statistic,
    pCorrected,
  };
}

/** P(X ≤ k) and P(X = k) of X ~ Binomial(n, ½) for k ≤ n/2, summed from the largest term down. */
function halfTail(k: number, n: number): { tail: number; mass: number } {
  const mass = halfMass(k, n);
  let term = 1;
  let sum = 1;
  for (let i = k; i > 0 && term > sum * 1e-18; i--) {
    term *= i / (n - i + 1);
    sum += term;
  }
  return { tail: mass * sum, mass };
}

/**
 * P(X = k) of X ~ Binomial(n, ½) by Loader's saddle point, which loses no digits where n is large.
 * @see Loader (2000), Fast and accurate computation of binomial probabilities
 */
function halfMass(k: number, n: number): number {
  if (k === 0) return Math.exp(-n * Math.LN2);
  const deviance = away(k, n / 2) + away(n - k, n / 2);
  const stirling = stirlingError(n) - stirlingError(k) - stirlingError(n - k);
  return Math.exp(stirling - deviance) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** x·ln(x/mean) + mean − x, by its series where the two are near. */
function away(x: number, mean: number): number {
  const v = (x - mean) / (x + mean);
  if (Math.abs(v) > 0.1) return x * Math.log(x / mean) + mean - x;
  let sum = (x - mean) * v;
  let power = 2 * x * v;
  for (let j = 1; j < 100; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** ln n! less Stirling's formula for it. */
function stirlingError(n: number): number {
  if (n <= 15) {
    let factorial = 1;
    for (let i = 2; i <= n; i++) factorial *= i;
    return Math.log(factorial) - ((n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI));
  }
  const nn = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / nn) / nn) / nn) / nn) / n;
}
