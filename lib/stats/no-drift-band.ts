import { chiSquareQuantile } from "./chi-square-distribution";
import { normalQuantile } from "./normal-distribution";
import { kolmogorovUpperTailQuick } from "./pelz-good";
import type { Counts } from "./sample";
import { total } from "./sample";

/*
 * How large each distance gets by chance alone: the level that 95 of 100 windows without drift stay below, for
 * these sizes and this many cells. A distance inside its band says nothing.
 */

const LEVEL = 0.95;
const NORMAL_95 = normalQuantile(LEVEL);

export type Sizes = { nReference: number; nCurrent: number };

/**
 * 95 % no-drift band of the population stability index: (1/n + 1/m)·χ²₀.₉₅(B − 1).
 *
 * Approximation: PSI is then Σ(cᵢ − rᵢ)²/pᵢ to first order, a chi-square scaled by 1/n + 1/m. Good to a few per
 * cent from 10 expected observations a cell, too narrow by up to a tenth at 5.
 *
 * @param sizes observations on either side; bins: cells used on either side
 * @returns a PSI, 0 for one cell; null when a side is empty. O(1).
 * @see Yurdakul & Naranjo (2020), doi:10.21314/JRMV.2020.227
 * @example psiNoDriftBand({ nReference: 1000, nCurrent: 1000, bins: 10 }) // 0.0338
 */
export function psiNoDriftBand({ nReference, nCurrent, bins }: Sizes & { bins: number }): number | null {
  if (!(nReference > 0 && nCurrent > 0)) return null;
  if (bins < 2) return 0;
  return (1 / nReference + 1 / nCurrent) * chiSquareQuantile(LEVEL, bins - 1);
}

/**
 * 95 % no-drift band of the Jensen–Shannon distance: √(PSI₉₅/8) in nats, divided by √ln(base).
 *
 * Approximation: to second order in the shares' differences the divergence is an eighth of PSI.
 *
 * @param sizes as in `psiNoDriftBand`; base of the logarithm, 2 by default as in `jensenShannon`
 * @returns a distance in [0, 1] for base 2; null when a side is empty. O(1).
 * @example jsNoDriftBand({ nReference: 1000, nCurrent: 1000, bins: 10 }) // 0.0781
 */
export function jsNoDriftBand({
  base = 2,
  ...cells
}: Sizes & { bins: number; base?: number }): number | null {
  const psi = psiNoDriftBand(cells);
  if (psi === null) return null;
  return Math.sqrt(Math.min(psi / 8, Math.LN2) / Math.log(base));
}

/**
 * 95 % no-drift band of the Kolmogorov–Smirnov distance: the critical D at which the p-value is 0.05.
 *
 * Approximation: the asymptotic law at the effective size nm/(n + m), within 1e-4 of its exact inverse from an
 * effective size of 30. With ties the band is too wide, never too narrow.
 *
 * @param sizes observations on either side
 * @returns a distance in (0, 1]; null when a side is empty. Some microseconds.
 * @example ksNoDriftBand({ nReference: 1000, nCurrent: 1000 }) // 0.0603…
 */
export function ksNoDriftBand({ nReference, nCurrent }: Sizes): number | null {
  if (!(nReference > 0 && nCurrent > 0)) return null;
  const n = Math.max(1, Math.round((nReference * nCurrent) / (nReference + nCurrent)));
  if (n === 1) return 1 - (1 - LEVEL) / 2;
  // Stephens' start, then secant steps on ln p, which is nearly straight in d
  const start = 1.3581 / (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n));
  const miss = (d: number) => Math.log(kolmogorovUpperTailQuick(n, d) / (1 - LEVEL));
  let [d0, d1] = [start * 0.99, start];
  let miss0 = miss(d0);
  for (let step = 0; step < 4; step++) {
    const miss1 = miss(d1);
    if (miss1 === miss0) break;
    const d2 = d1 - (miss1 * (d1 - d0)) / (miss1 - miss0);
    [d0, d1, miss0] = [d1, d2, miss1];
  }
  return Math.min(1, d1);
}

/** Above this many categories the pairwise covariances are taken from their series. */
const LARGEST_EXACT_COVARIANCE = 32;

/**
 * 95 % no-drift band of the total variation distance between two samples of the same categories.
 *
 * Derivation: without drift dᵢ = cᵢ − rᵢ is normal with variance pᵢ(1 − pᵢ)s², s² = 1/n + 1/m, and correlations
 * ρᵢⱼ = −√(pᵢpⱼ/((1 − pᵢ)(1 − pⱼ))). So ½Σ|dᵢ| has mean ½Σ√(2/π)·σᵢ, and a variance from cov(|dᵢ|, |dⱼ|) =
 * (2/π)σᵢσⱼ(√(1 − ρ²) + ρ·asin ρ − 1). The law is taken as a scaled chi with both moments: exact for two
 * categories, within 3 % in the simulation of the tests. For a category too rare for the normal law, E|dᵢ| is
 * capped at 2pᵢ(1 − pᵢ).
 *
 * @param counts per category, of the two sides together (the best estimate of p without drift); or shares
 * @returns a distance in [0, 1]; 0 for one category; null when a side is empty. O(k²) to 32 categories, then
 *   O(k).
 * @see Nabeya (1951), Absolute moments in 2-dimensional normal distribution, doi:10.1007/BF02949771
 * @example tvNoDriftBand({ counts: [50, 50], nReference: 1000, nCurrent: 1000 }) // 0.0438
 */
export function tvNoDriftBand({ counts, nReference, nCurrent }: Sizes & { counts: Counts }): number | null {
  const sum = total(counts);
  if (!(nReference > 0 && nCurrent > 0 && sum > 0)) return null;
  const p: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i]! > 0) p.push(counts[i]! / sum);
  if (p.length < 2) return 0;
  const s = Math.sqrt(1 / nReference + 1 / nCurrent);
  const sigma = p.map((share) => s * Math.sqrt(share * (1 - share)));
  // |d₁| = |d₂| is half-normal
  if (p.length === 2) return Math.min(1, normalQuantile((1 + LEVEL) / 2) * sigma[0]!);
  let mean = 0;
  let variance = 0;
  p.forEach((share, i) => {
    mean += Math.min(Math.sqrt(2 / Math.PI) * sigma[i]!, 2 * share * (1 - share)) / 2;
    variance += ((1 - 2 / Math.PI) * sigma[i]! ** 2) / 4;
  });
  variance += covariance(p, sigma) / 4;
  return Math.min(1, chiQuantile({ mean, variance }));
}

/** Σ over i ≠ j of cov(|dᵢ|, |dⱼ|). */
function covariance(p: number[], sigma: number[]): number {
  let sum = 0;
  if (p.length <= LARGEST_EXACT_COVARIANCE) {
    for (let i = 0; i < p.length; i++) {
      for (let j = 0; j < i; j++) {
        const rho = Math.min(1, Math.sqrt((p[i]! * p[j]!) / ((1 - p[i]!) * (1 - p[j]!))));
        sum += 2 * sigma[i]! * sigma[j]! * (Math.sqrt(1 - rho * rho) + rho * Math.asin(rho) - 1);
      }
    }
    return (2 / Math.PI) * sum;
  }
  // √(1 − ρ²) + ρ·asin ρ − 1 = ρ²/2 + ρ⁴/24 + ρ⁶/80 + …, and each power of ρ is a product of a term in i and one in j
  for (const [power, weight] of [
    [1, 1 / 2],
    [2, 1 / 24],
    [3, 1 / 80],
  ] as const) {
    let first = 0;
    let squares = 0;
    p.forEach((share, i) => {
      const part = sigma[i]! * (share / (1 - share)) ** power;
      first += part;
      squares += part * part;
    });
    sum += weight * (first * first - squares);
  }
  return (2 / Math.PI) * sum;
}

/**
 * 95 % point of the scaled chi law with this mean and variance. A chi with ν degrees has variance/mean² =
 * 1/2ν + 1/8ν² − 1/16ν³ to 0.2 % from ν = 1.5; its point is Wilson and Hilferty's, within half a per cent.
 */
function chiQuantile({ mean, variance }: { mean: number; variance: number }): number {
  const spread = variance / mean ** 2;
  let inverse = 2 * spread;
  for (let step = 0; step < 4; step++) {
    const miss = inverse / 2 + inverse ** 2 / 8 - inverse ** 3 / 16 - spread;
    inverse -= miss / (1 / 2 + inverse / 4 - (3 * inverse ** 2) / 16);
  }
  const ninth = (2 / 9) * inverse;
  return mean * Math.sqrt((1 + spread) * (1 - ninth + NORMAL_95 * Math.sqrt(ninth)) ** 3);
}
