/** Above this many values the sum gives way to scipy's closed approximation. */
const LARGEST_SUM = 1_000_000;
/** ln n! − (n + ½) ln n + n − ½ ln 2π for n = 0 … 15, from Loader's table; n = 0 is never asked for. */
const STIRLING_ERROR = [
  0, 0.08106146679532726, 0.0413406959554093, 0.027677925684998338, 0.020790672103765093,
  0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972096, 0.009255462182712733,
  0.00833056343336287, 0.007573675487951841, 0.00694284010720953, 0.006408994188004207, 0.0059513701127588475,
  0.005554733551962801,
];

/**
 * Upper tail of Smirnov's one-sided statistic, P(Dₙ⁺ ≥ d): the probability that the empirical distribution
 * function of n values somewhere exceeds the true one by d.
 *
 * Variant: the exact finite sum of Smirnov and of Birnbaum and Tingey, each term in its saddle-point form
 * (no cancellation, no factorials). For large n its terms lie on a smooth curve that vanishes at both ends,
 * and some hundred evenly spaced ones are added up in place of all: the trapezoid rule's error is then below
 * 1e-15. Beyond n = 1,000,000, exp(−(6nd + 1)²/18n), as scipy.
 *
 * @param n sample size, a positive integer
 * @param d distance; 0 or less gives 1, 1 or more gives 0
 * @returns probability in [0, 1], about 1e-12 relative down to 1e-300. O(n) up to n = 400 or where nd² < 1, else some hundred terms.
 * @see Birnbaum & Tingey (1951), doi:10.1214/aoms/1177729550; Loader (2000), Fast and accurate computation
 *   of binomial probabilities
 * @example smirnovUpperTail(3, 0.5) // 0.1666…
 */
export function smirnovUpperTail(n: number, d: number): number {
  if (d >= 1) return 0;
  if (d <= 0) return 1;
  if (n > LARGEST_SUM) return Math.exp(-((6 * n * d + 1) ** 2) / 18 / n);
  const last = Math.floor(n * (1 - d));
  const z2 = n * d * d;
  // the curve is smooth only where its ends are negligible: many values, and a distance beyond the noise.
  // Its frequencies fall like exp(−z√(2π·points)) while z is small, then like a bell of width 1/4z
  const points = 256 / z2 + 16 * Math.sqrt(z2);
  const step = n > 400 && d < 0.5 && z2 >= 1 ? Math.max(1, Math.floor(n / points)) : 1;
  let sum = step === 1 ? Math.exp(n * Math.log1p(-d)) : 0;
  for (let j = step; j <= last && j < n; j += step) sum += term(n, j, d) * step;
  return Math.min(1, sum);
}

/** C(n, j)·d·(d + j/n)^(j−1)·(1 − d − j/n)^(n−j) */
function term(n: number, j: number, d: number): number {
  const share = j / n;
  const rest = (n - j) / n;
  if (d >= rest) return 0;
  const exponent = j * log1pMinus(d / share) + (n - j) * log1pMinus(-d / rest);
  if (exponent < -745) return 0;
  const stirling = stirlingError(n) - stirlingError(j) - stirlingError(n - j);
  return (Math.exp(exponent + stirling) * d) / (d + share) / Math.sqrt(2 * Math.PI * n * share * rest);
}

function stirlingError(n: number): number {
  if (n < 16) return STIRLING_ERROR[n]!;
  const r = 1 / (n * n);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / n;
}

/** ln(1 + x) − x without the cancellation near 0. */
function log1pMinus(x: number): number {
  if (x > 0.4 || x < -0.3) return Math.log1p(x) - x;
  // ln(1 + x) = 2 artanh(s), s = x/(2 + x)
  const s = x / (2 + x);
  const s2 = s * s;
  let series = 0;
  for (let k = 23; k >= 3; k -= 2) series = series * s2 + 2 / k;
  return s * (s2 * series - x);
}
