import { smirnovUpperTail } from "./smirnov-one-sided";

const SQRT_2PI = Math.sqrt(2 * Math.PI);
const PI_2 = Math.PI ** 2;
const PI_4 = Math.PI ** 4;
const PI_6 = Math.PI ** 6;

/**
 * Distribution function of Kolmogorov's Dₙ, P(Dₙ ≤ d), by Pelz and Good's expansion in 1/√n: K₀(z) + K₁(z)/√n
 * + K₂(z)/n + K₃(z)/n^1.5 with z = d√n, in theta functions that converge fast for small z.
 *
 * @param n sample size, a positive integer
 * @param d distance in (0, 1)
 * @returns probability; error of the order n⁻², near 1e-11 for n = 100,000. O(d√n), about a microsecond.
 * @see Pelz & Good (1976), doi:10.1111/j.2517-6161.1976.tb01579.x
 * @example pelzGoodCdf(1000, 0.0428) // 0.9502…
 */
export function pelzGoodCdf(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const logQ = -PI_2 / 8 / z2;
  if (logQ < -708) return 0;
  const q = Math.exp(logQ);
  const terms = Math.ceil((16 * z) / Math.PI);

  let k0 = 0;
  let k1 = 0;
  let k2 = 0;
  let k3 = 0;
  for (let k = terms; k > 0; k--) {
    const m2 = (2 * k - 1) ** 2;
    const m4 = m2 * m2;
    const power = q ** (8 * k);
    k0 = k0 * power + 1;
    k1 = k1 * power - z2 + (PI_2 / 4) * m2;
    k2 =
      k2 * power +
      6 * z6 +
      2 * z4 +
      (((2 * z4 - 5 * z2) * PI_2) / 4) * m2 +
      ((PI_4 * (1 - 2 * z2)) / 16) * m4;
    k3 =
      k3 * power -
      30 * z6 -
      90 * z4 * z4 +
      ((PI_2 * (135 * z4 - 96 * z6)) / 4) * m2 +
      ((PI_4 * (-60 * z2 + 212 * z4)) / 16) * m4 +
      ((PI_6 * (5 - 30 * z2)) / 64) * m4 * m2;
  }
  const factor = q * SQRT_2PI;
  k0 *= factor / z;
  k1 *= factor / (6 * z4);
  k2 *= factor / (72 * z6 * z);
  k3 *= factor / (6480 * z6 * z4);

  const q4 = Math.exp(-PI_2 / 2 / z2);
  let extra2 = 0;
  let extra3 = 0;
  for (let k = terms; k > 0; k--) {
    const power = q4 ** (k * k);
    extra2 += k * k * power;
    extra3 += (3 * z2 - PI_2 * k * k) * k * k * power;
  }
  k2 += (extra2 * PI_2 * SQRT_2PI) / (-36 * z2 * z);
  k3 += (extra3 * PI_2 * SQRT_2PI) / (216 * z6);
  return k0 + k1 / Math.sqrt(n) + k2 / n + k3 / n ** 1.5;
}

/**
 * Upper tail of Kolmogorov's distribution for timelines: Pelz and Good's expansion in the body, twice Smirnov's
 * one-sided tail beyond, at any n.
 *
 * @param n sample size, a positive integer
 * @param d distance; 0 or less gives 1, 1 or more gives 0
 * @returns probability in [0, 1]; within 5e-5 of `kolmogorovUpperTail` for n ≥ 30, within 5e-3 for n ≥ 5.
 * @example kolmogorovUpperTailQuick(1000, 0.0428) // 0.0497…
 */
export function kolmogorovUpperTailQuick(n: number, d: number): number {
  if (d >= 1) return 0;
  if (n * d <= 0.5) return 1;
  const z2 = n * d * d;
  if (z2 >= 370) return 0;
  if (z2 >= 2.2 || d >= 0.5) return Math.min(1, 2 * smirnovUpperTail(n, d));
  return Math.min(1, Math.max(0, 1 - pelzGoodCdf(n, d)));
}
