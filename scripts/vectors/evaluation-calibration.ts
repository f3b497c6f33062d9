/*
 * Prints the measured tables of docs/statistics.md on evaluation: npx tsx scripts/vectors/evaluation-calibration.ts
 * Every figure is a share of seeded runs: of intervals that leave the truth out, or of tests of a true null that fire.
 */
import { averagePrecision, averagePrecisionInterval } from "@/lib/stats/average-precision";
import {
  calibrationBins,
  calibrationErrorInterval,
  expectedCalibrationError,
} from "@/lib/stats/calibration-curve";
import {
  averagedScore,
  averageInterval,
  balancedAccuracy,
  balancedAccuracyInterval,
  classScore,
  matthewsCorrelation,
  matthewsInterval,
} from "@/lib/stats/confusion-metrics";
import { delongAuc, delongTest } from "@/lib/stats/delong";
import { f1Interval } from "@/lib/stats/f1-interval";
import type { Interval } from "@/lib/stats/interval";
import { mcnemar } from "@/lib/stats/mcnemar";
import { newcombeDifference } from "@/lib/stats/newcombe-difference";
import { pairedConfusion } from "@/lib/stats/paired-confusion";
import { pairedMeans } from "@/lib/stats/paired-means";
import { pairedProportions } from "@/lib/stats/paired-proportions";
import {
  determinationInterval,
  meanAbsoluteInterval,
  rootMeanSquareInterval,
} from "@/lib/stats/regression-intervals";
import { multinomial, normal, seeded } from "@/lib/stats/test-support";
import { thresholdCounts } from "@/lib/stats/threshold-counts";
import { wilsonInterval } from "@/lib/stats/wilson-interval";

const RUNS = 4_000;
const random = seeded(20261126);

function share(runs: number, fires: () => boolean): string {
  let fired = 0;
  for (let i = 0; i < runs; i++) if (fires()) fired++;
  return (fired / runs).toFixed(3);
}
const out = (truth: number, bounds: Interval | null) =>
  bounds !== null && (truth < bounds.lower || truth > bounds.upper);
const draw = (length: number, shift: number) => Float64Array.from({ length }, () => normal(random) + shift);
const square = (cells: readonly number[], k: number) =>
  Array.from({ length: k }, (_, i) => cells.slice(i * k, (i + 1) * k));

const SHARES = [0.3, 0.06, 0.04, 0.05, 0.2, 0.05, 0.03, 0.07, 0.2];
const truth = square(SHARES, 3);
for (const n of [50, 150, 1_000]) {
  const missed = (check: (counts: number[][]) => boolean) =>
    share(RUNS, () => check(square(multinomial(random, { n, p: SHARES }), 3)));
  const macro = (counts: number[][]) => averagedScore(counts, "f1", "macro");
  const f1 = classScore(truth, "f1", 1).value;
  console.log(`three classes, n ${n}`, {
    accuracy: missed((c) => out(0.7, wilsonInterval({ hits: c[0]![0]! + c[1]![1]! + c[2]![2]!, n }))),
    f1: missed((c) => {
      const counts = { hits: c[1]![1]!, falseAlarms: c[0]![1]! + c[2]![1]!, misses: c[1]![0]! + c[1]![2]! };
      return out(f1, f1Interval(counts));
    }),
    macroF1: missed((c) => out(macro(truth).value, averageInterval(c, macro(c)))),
    balanced: missed((c) => out(balancedAccuracy(truth).value, balancedAccuracyInterval(c))),
    mcc: missed((c) => out(matthewsCorrelation(truth).value, matthewsInterval(c))),
  });
}

// Two normals a deviation apart: AUC = Φ(1/√2); three apart: Φ(3/√2).
for (const [m, n, shift, auc] of [
  [20, 80, 1, 0.7602499389065233],
  [50, 200, 1, 0.7602499389065233],
  [500, 1_500, 1, 0.7602499389065233],
  [50, 200, 3, 0.9830525732376554],
] as const) {
  const large = thresholdCounts({ positive: draw(100_000, shift), negative: draw((100_000 * n) / m, 0) });
  const precision = averagePrecision(large)!;
  console.log(`areas, ${m} positives and ${n} negatives, ${shift} apart`, {
    auc: share(RUNS, () => out(auc, delongAuc({ positive: draw(m, shift), negative: draw(n, 0) })!.interval)),
    averagePrecision: share(RUNS, () => {
      const value = averagePrecision(thresholdCounts({ positive: draw(m, shift), negative: draw(n, 0) }))!;
      return out(precision, averagePrecisionInterval({ value, positives: m }));
    }),
    delongNull: share(RUNS, () => {
      const both = (length: number, by: number) => {
        const shared = draw(length, by);
        return {
          champion: shared.map((value) => value + normal(random)),
          challenger: shared.map((value) => value + normal(random)),
        };
      };
      return (delongTest({ positive: both(m, shift), negative: both(n, 0) })!.pValue ?? 1) < 0.05;
    }),
  });
}

for (const n of [50, 200, 2_000]) {
  const rows = () => {
    const labels = draw(n, 0).map((value) => 2 * value);
    return { labels, predictions: labels.map((label) => label + normal(random)) };
  };
  const sums = ({ labels, predictions }: ReturnType<typeof rows>) => {
    const found = { n, absolute: 0, squared: 0, fourth: 0 };
    labels.forEach((label, i) => {
      const error = predictions[i]! - label;
      found.absolute += Math.abs(error);
      found.squared += error ** 2;
      found.fourth += error ** 4;
    });
    return found;
  };
  console.log(`regression, n ${n}`, {
    rmse: share(RUNS, () => out(1, rootMeanSquareInterval(sums(rows())))),
    mae: share(RUNS, () => out(Math.sqrt(2 / Math.PI), meanAbsoluteInterval(sums(rows())))),
    r2: share(RUNS, () => out(0.75, determinationInterval(rows()))),
    pairedNull: share(RUNS, () => {
      const shared = draw(n, 0);
      const squared = () => shared.map((value) => (value + normal(random)) ** 2);
      return pairedMeans({ champion: squared(), challenger: squared() })!.pValue! < 0.05;
    }),
  });
}

for (const [n, disagreeing] of [
  [60, 0.2],
  [300, 0.2],
  [3_000, 0.1],
] as const) {
  const p = [disagreeing / 2, disagreeing / 2, 1 - disagreeing];
  const counts = () => multinomial(random, { n, p }) as [number, number, number];
  const test = () => {
    const [onlyChampion, onlyChallenger] = counts();
    return mcnemar({ onlyChampion, onlyChallenger });
  };
  console.log(`two models, n ${n}, ${disagreeing} disagree`, {
    exact: share(RUNS, () => test().pExact < 0.05),
    corrected: share(RUNS, () => test().pCorrected < 0.05),
    mid: share(RUNS, () => test().pMid < 0.05),
    bonettPrice: share(RUNS, () => {
      const [onlyChampion, onlyChallenger] = counts();
      return out(0, pairedProportions({ onlyChampion, onlyChallenger, n })!.interval);
    }),
    f1: share(RUNS, () => {
      const joint = [0.3, 0.05, 0.05, 0.1, 0.1, 0.05, 0.05, 0.3];
      const cells = multinomial(random, { n, p: joint }).map((count, i) => ({
        actual: i >> 2,
        champion: (i >> 1) & 1,
        challenger: i & 1,
        count,
      }));
      return (pairedConfusion({ cells, classes: 2 }, (c) => classScore(c, "f1", 1)).pValue ?? 1) < 0.05;
    }),
  });
}

for (const [n, m] of [
  [30, 30],
  [400, 60],
  [5_000, 300],
] as const) {
  const group = (size: number, rate: number) => ({
    n: size,
    hits: multinomial(random, { n: size, p: [rate, 1 - rate] })[0]!,
  });
  console.log(`groups of ${n} and ${m}`, {
    newcombe: share(RUNS, () =>
      out(-0.1, newcombeDifference({ reference: group(n, 0.3), current: group(m, 0.2) })!.interval),
    ),
  });
}

for (const [n, off] of [
  [1_000, 0],
  [1_000, 0.05],
  [1_000, 0.1],
  [20_000, 0.02],
] as const) {
  const bins = () => {
    const scores = Float64Array.from({ length: n }, () => 0.2 + 0.7 * random());
    const labels = scores.map((score) => (random() < score - off ? 1 : 0));
    return calibrationBins({ labels, scores }, { bins: 10, strategy: "uniform" });
  };
  let sum = 0;
  for (let i = 0; i < 400; i++) sum += expectedCalibrationError(bins())! / 400;
  console.log(`calibration error, n ${n}, truly ${off}`, {
    mean: sum.toFixed(4),
    missed: share(1_000, () => out(off, calibrationErrorInterval(bins()))),
  });
}
