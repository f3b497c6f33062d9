/**
 * Exact upper tail of the two-sample Kolmogorov–Smirnov distance, P(D ≥ d), by counting the lattice paths
 * that leave the corridor |x/n − y/m| < d.
 *
 * Variant: the algorithms of `scipy.stats.ks_2samp(method="exact")`: a closed sum for equal sizes, else a
 * column of path proportions that slides along the corridor.
 *
 * @param distance statistic in [0, 1], rounded to a multiple of 1/lcm(n, m); sizes of at least 1
 * @returns probability in [0, 1] with an absolute accuracy near 1e-15, or null where rounding took it
 *   outside. O(n) for equal sizes, O(n·m·d) otherwise; memory O(min(n, m)).
 * @see Hodges (1958), doi:10.1007/BF02589501
 * @example exactUpperTail({ statistic: 1, nReference: 3, nCurrent: 3 }) // 0.1
 */
export function exactUpperTail({
  statistic,
  nReference,
  nCurrent,
}: {
  statistic: number;
  nReference: number;
  nCurrent: number;
}): number | null {
  const divisor = greatestCommonDivisor(nReference, nCurrent);
  const multiple = (nReference / divisor) * nCurrent;
  const h = Math.round(statistic * multiple);
  if (h === 0) return 1;
  const p =
    nReference === nCurrent
      ? outsideSquare(nReference, h)
      : outsideCorridor({
          long: Math.max(nReference, nCurrent),
          short: Math.min(nReference, nCurrent),
          divisor,
          h,
        });
  return p >= 0 && p <= 1 ? p : null;
}

/** Share of the paths from (0, 0) to (n, n) that touch one of the lines x − y = ±h, by reflection. */
function outsideSquare(n: number, h: number): number {
  let p = 0;
  for (let k = Math.floor(n / h); k >= 0; k--) {
    let ratio = 1;
    for (let j = 0; j < h; j++) ratio = ((n - k * h - j) * ratio) / (n + k * h + j + 1);
    p = ratio * (1 - p);
  }
  return 2 * p;
}

/**
 * Share of the paths from (0, 0) to (long, short) that leave |x·short − y·long| < h·divisor. Column after
 * column holds, for each height, the share of paths to that point that have already been outside.
 */
function outsideCorridor({
  long,
  short,
  divisor,
  h,
}: {
  long: number;
  short: number;
  divisor: number;
  h: number;
}): number {
  const stepX = short / divisor;
  const stepY = long / divisor;
  let first = 0;
  let end = Math.min(Math.ceil(h / stepY), short + 1);
  let length = end - first;
  const column = new Float64Array(Math.min(2 * end + 2, short + 1)).fill(1);
  column.fill(0, first, end);
  for (let x = 1; x <= long; x++) {
    const lastFirst = first;
    const lastLength = length;
    first = Math.min(Math.max(Math.floor((stepX * x - h) / stepY) + 1, 0), short);
    end = Math.min(Math.ceil((stepX * x + h) / stepY), short + 1);
    if (end <= first) return 1;
    length = end - first;
    const shift = first - lastFirst;
    let share = first === 0 ? 0 : 1;
    for (let k = 0; k < length; k++) {
      const y = k + first;
      share = (column[k + shift]! * x + share * y) / (x + y);
      column[k] = share;
    }
    // heights that the corridor has left count as outside
    if (lastLength > length) column.fill(1, length, lastLength);
  }
  return column[length - 1]!;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
