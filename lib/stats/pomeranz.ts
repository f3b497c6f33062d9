const BIG = 2 ** 128;
const SMALL = 2 ** -128;

/**
 * Distribution function of Kolmogorov's Dₙ, P(Dₙ ≤ d), by Pomeranz' recursion over 2n + 2 rows, each the
 * convolution of the row before with Poisson weights.
 *
 * @param n sample size, a positive integer of some hundreds at most
 * @param d distance in (0, 1)
 * @returns probability, about 1e-12 absolute. O(n·(nd)²).
 * @see Pomeranz (1974), doi:10.1145/361604.361628
 * @example pomeranzCdf(10, 0.40925) // 0.95
 */
export function pomeranzCdf(n: number, d: number): number {
  const t = n * d;
  const whole = Math.floor(t);
  const fraction = t - whole;
  const near = Math.min(fraction, 1 - fraction);
  const width = 2 * (whole + 1);
  const edge = poissonPowers(near / n, width);
  const odd = poissonPowers((2 * near) / n, width);
  const even = poissonPowers((1 - 2 * near) / n, width);

  let row = new Float64Array(width);
  let next = new Float64Array(width);
  next[0] = 1;
  let rowStart = 0;
  let nextStart = 0;
  let exponent = 0;
  let [first, last] = limits(0, { n, whole, fraction });
  for (let i = 1; i <= 2 * n + 1; i++) {
    const lastFirst = first;
    [row, next] = [next, row];
    [rowStart, nextStart] = [nextStart, rowStart];
    next.fill(0);
    [first, last] = limits(i, { n, whole, fraction });
    const powers = i === 1 || i === 2 * n + 1 ? edge : i % 2 === 1 ? odd : even;
    const span = last - lastFirst + 1;
    if (span > 0) {
      const offset = lastFirst - rowStart;
      let largest = 0;
      for (let j = first; j <= last; j++) {
        // entry j of the convolution, counted from the first index of the row before
        const at = j - lastFirst;
        let sum = 0;
        for (let k = Math.max(0, at - span + 1); k <= at; k++) {
          sum += (row[offset + k] ?? 0) * powers[at - k]!;
        }
        next[j - first] = sum;
        if (sum > largest) largest = sum;
      }
      if (largest > 0 && largest < SMALL) {
        for (let k = 0; k < width; k++) next[k]! *= BIG;
        exponent -= 128;
      }
      nextStart = rowStart + first - lastFirst;
    }
  }
  let p = next[n - nextStart]!;
  for (let i = 1; i <= n; i++) {
    if (p > BIG) {
      p *= SMALL;
      exponent += 128;
    }
    p *= i;
  }
  return p * 2 ** exponent;
}

/** x^k / k! for k below `length`: Poisson weights without their common factor. */
function poissonPowers(x: number, length: number): Float64Array {
  const powers = new Float64Array(length).fill(1);
  for (let k = 1; k < length; k++) powers[k] = (powers[k - 1]! * x) / k;
  return powers;
}

/** First and last entry of a row that can differ from 0. */
function limits(
  i: number,
  { n, whole, fraction }: { n: number; whole: number; fraction: number },
): [number, number] {
  const ceil = fraction > 0 ? 1 : 0;
  const round = fraction > 0.5 ? 1 : 0;
  const half = Math.floor((i + 1) / 2);
  let low: number;
  let high: number;
  if (i === 0) {
    low = -whole - ceil - 1;
    high = whole + ceil - 1;
  } else if (i % 2 === 0) {
    low = half - 1 - whole - 1;
    high = half + whole + round - 1;
  } else if (half === n + 1) {
    low = n - whole - ceil - 1;
    high = n + whole + ceil - 1;
  } else {
    low = half - 1 - whole - round - 1;
    high = half + whole - 1 + ceil - 1;
  }
  return [Math.max(low + 2, 0), Math.min(high, n)];
}
