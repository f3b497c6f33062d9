/** Powers of two that keep intermediate results in range: exact to multiply by. */
const BIG = 2 ** 128;
const SMALL = 2 ** -128;

/**
 * Distribution function of Kolmogorov's Dₙ, P(Dₙ ≤ d), by Durbin's matrix: n!/nⁿ times an entry of Hⁿ, where
 * H has 2⌈nd⌉ − 1 rows.
 *
 * @param n sample size, a positive integer
 * @param d distance in (0, 1), above 1/2n
 * @returns probability, about 1e-13 relative. O((nd)³ log n): for small nd.
 * @see Marsaglia, Tsang & Wang (2003), doi:10.18637/jss.v008.i18
 * @example durbinCdf(10, 0.274) // 0.6284796154565
 */
export function durbinCdf(n: number, d: number): number {
  const k = Math.ceil(n * d);
  const h = k - n * d;
  const size = 2 * k - 1;
  let base = { matrix: durbinMatrix(size, h), exponent: 0 };
  let power = { matrix: identity(size), exponent: 0 };
  const middle = (k - 1) * size + k - 1;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) {
      power = {
        matrix: multiply(power.matrix, base.matrix, size),
        exponent: power.exponent + base.exponent,
      };
    }
    base = { matrix: multiply(base.matrix, base.matrix, size), exponent: 2 * base.exponent };
    if (Math.abs(base.matrix[middle]!) > BIG) {
      base = { matrix: base.matrix.map((x) => x * SMALL), exponent: base.exponent + 128 };
    }
  }
  let p = power.matrix[middle]!;
  let exponent = power.exponent;
  for (let i = 1; i <= n; i++) {
    p = (p * i) / n;
    if (p < SMALL) {
      p *= BIG;
      exponent -= 128;
    }
  }
  return p * 2 ** exponent;
}

function durbinMatrix(size: number, h: number): Float64Array {
  const matrix = new Float64Array(size * size);
  const inverseFactorial = new Float64Array(size + 1).fill(1);
  for (let i = 1; i <= size; i++) inverseFactorial[i] = inverseFactorial[i - 1]! / i;
  for (let row = 0; row < size; row++) {
    for (let column = 1; column <= Math.min(row + 1, size - 1); column++) {
      matrix[row * size + column] = inverseFactorial[row - column + 1]!;
    }
  }
  const edge = Float64Array.from({ length: size }, (_, i) => (1 - h ** (i + 1)) * inverseFactorial[i + 1]!);
  edge[size - 1] = (1 - 2 * h ** size + Math.max(2 * h - 1, 0) ** size) * inverseFactorial[size]!;
  for (let i = 0; i < size; i++) {
    matrix[i * size] = edge[i]!;
    matrix[(size - 1) * size + size - 1 - i] = edge[i]!;
  }
  return matrix;
}

function identity(size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * size + i] = 1;
  return matrix;
}

function multiply(a: Float64Array, b: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) product[i * size + j]! += factor * b[k * size + j]!;
    }
  }
  return product;
}
