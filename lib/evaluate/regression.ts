import { meanInterval } from "@/lib/stats/interval";
import { regressionScores } from "@/lib/stats/regression";
import {
  determinationInterval,
  meanAbsoluteInterval,
  meanAbsolutePercentage,
  rootMeanSquareInterval,
} from "@/lib/stats/regression-intervals";
import type { Measured } from "./binary";
import { estimate } from "./estimate";
import type { Pace } from "./pace";
import type { Residuals } from "./schema";
import type { Usable } from "./usable";

const HISTOGRAM_BINS = 40;
const BANDS = 10;
const MOST_POINTS = 1_000;
const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];

/** All that a report says of a regression over all rows. O(n log n). */
export async function measureRegression(usable: Usable, pace: Pace): Promise<Measured> {
  const { labels, predictions } = usable;
  const n = labels.length;
  const residuals = new Float64Array(n);
  const sums = { n, plain: 0, absolute: 0, squared: 0, fourth: 0 };
  for (let i = 0; i < n; i++) {
    const error = predictions[i]! - labels[i]!;
    residuals[i] = error;
    sums.plain += error;
    sums.absolute += Math.abs(error);
    sums.squared += error ** 2;
    sums.fourth += error ** 4;
  }
  const { rmse, mae, r2 } = regressionScores({ labels, predictions })!;
  const bias = meanInterval({ n, sum: sums.plain, sumOfSquares: sums.squared })!;
  const percentage = meanAbsolutePercentage({ labels, predictions });
  await pace.step(0.1);
  const part: Measured["part"] = {
    metrics: {
      rmse: estimate(rmse, rootMeanSquareInterval(sums)),
      mae: estimate(mae, meanAbsoluteInterval(sums)),
      r2: estimate(r2, r2 === null ? null : determinationInterval({ labels, predictions })),
      mape: estimate(percentage?.mean, percentage?.interval),
      mean_error: estimate(bias.mean, bias.interval),
    },
    residuals: describeResiduals(usable, residuals),
  };
  await pace.step(0.2);
  return { part, losses: residuals.map(Math.abs) };
}

function describeResiduals({ rows, labels, predictions }: Usable, residuals: Float64Array): Residuals {
  const n = residuals.length;
  const sorted = residuals.slice().sort();
  const every = Math.ceil(n / MOST_POINTS);
  return {
    histogram: histogram(sorted),
    quantiles: QUANTILES.map((q) => ({ q, value: quantile(sorted, q) })),
    bands: bands(predictions, residuals),
    points: Array.from({ length: Math.ceil(n / every) }, (_, i) => ({
      row: rows[i * every]!,
      label: labels[i * every]!,
      prediction: predictions[i * every]!,
    })),
  };
}

/** Between the 0.5 % and the 99.5 % quantile; the outer bins hold what lies beyond, so that all rows are counted. */
function histogram(sorted: Float64Array): Residuals["histogram"] {
  let [low, high] = [quantile(sorted, 0.005), quantile(sorted, 0.995)];
  if (!(high > low)) [low, high] = [sorted[0]!, sorted.at(-1)!];
  if (!(high > low)) return { edges: [low, low], counts: [sorted.length] };
  const width = (high - low) / HISTOGRAM_BINS;
  const counts = new Array<number>(HISTOGRAM_BINS).fill(0);
  for (const value of sorted) {
    counts[Math.min(HISTOGRAM_BINS - 1, Math.max(0, Math.floor((value - low) / width)))]!++;
  }
  return {
    edges: Array.from({ length: HISTOGRAM_BINS + 1 }, (_, i) =>
      i === HISTOGRAM_BINS ? high : low + i * width,
    ),
    counts,
  };
}

function bands(predictions: Float64Array, residuals: Float64Array): Residuals["bands"] {
  const sorted = predictions.slice().sort();
  const edges = Array.from({ length: BANDS + 1 }, (_, i) => quantile(sorted, i / BANDS));
  const distinct = edges.filter((edge, i) => i === 0 || edge > edges[i - 1]!);
  const members = distinct.slice(0, -1).map((): number[] => []);
  if (members.length === 0) members.push([]);
  for (let i = 0; i < residuals.length; i++) {
    let band = members.length - 1;
    while (band > 0 && predictions[i]! < distinct[band]!) band--;
    members[band]!.push(residuals[i]!);
  }
  return members.flatMap((list, band) => {
    const own = Float64Array.from(list).sort();
    if (own.length === 0) return [];
    let [sum, sumOfSquares] = [0, 0];
    for (const error of own) {
      sum += error;
      sumOfSquares += error * error;
    }
    const found = meanInterval({ n: own.length, sum, sumOfSquares })!;
    return [
      {
        low: distinct[band]!,
        high: distinct[band + 1] ?? distinct[band]!,
        n: own.length,
        mean: estimate(found.mean, found.interval),
        p05: quantile(own, 0.05),
        p50: quantile(own, 0.5),
        p95: quantile(own, 0.95),
      },
    ];
  });
}

/** numpy's linear quantile of sorted values. */
export function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const next = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return sorted[below]! + (next - sorted[below]!) * (at - below);
}
