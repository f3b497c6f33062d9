import { studentT975 } from "@/lib/stats/student-t-quantile";
import { alongX, type CurveAxis, type CurveInput } from "./curves";

export type BandPoint = {
  x: number;
  mean: number;
  /** 95 % confidence interval of the mean; null where fewer than two runs reach. */
  low: number | null;
  high: number | null;
  /** Runs that reach here. */
  runs: number;
};

/**
 * The mean of several runs along x with its 95 % confidence interval (Student's t over the runs), at `places` places
 * spread evenly over what they cover together. A run counts from its first point to its last, joined by straight lines
 * between its points; it is not continued beyond.
 */
export function prepareBand(curves: readonly CurveInput[], axis: CurveAxis, places = 120): BandPoint[] {
  const lines = curves.map((curve) => {
    const source = curve.smoothed ?? curve.values;
    return alongX(curve, axis)
      .map((x, place) => ({ x, y: source[place] ?? null }))
      .filter((point): point is { x: number; y: number } => point.y !== null)
      .sort((a, b) => a.x - b.x);
  });
  const xs = lines.flatMap((line) => (line.length > 0 ? [line[0]!.x, line.at(-1)!.x] : []));
  if (xs.length === 0) return [];
  const from = Math.min(...xs);
  const to = Math.max(...xs);
  const count = to > from ? places : 1;
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / Math.max(1, count - 1)).flatMap(
    (x): BandPoint[] => {
      const values = lines.map((line) => interpolate(line, x)).filter((value) => value !== null);
      return values.length === 0 ? [] : [{ x, ...meanWithInterval(values) }];
    },
  );
}

function meanWithInterval(values: readonly number[]): Omit<BandPoint, "x"> {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, low: null, high: null, runs: n };
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const reach = studentT975(n - 1) * Math.sqrt(variance / n);
  return { mean, low: mean - reach, high: mean + reach, runs: n };
}

function interpolate(line: readonly { x: number; y: number }[], x: number): number | null {
  let low = 0;
  let high = line.length - 1;
  if (high < 0 || x < line[0]!.x || x > line[high]!.x) return null;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (line[middle]!.x <= x) low = middle;
    else high = middle;
  }
  const a = line[low]!;
  const b = line[high]!;
  return b.x === a.x ? b.y : a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
}
