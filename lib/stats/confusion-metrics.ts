import type { Interval } from "./interval";
import { logitInterval, Z95 } from "./interval";
import { wilsonInterval } from "./wilson-interval";

/** counts[true class][predicted class]: square, whole numbers from 0. */
export type Confusion = readonly ArrayLike<number>[];

/**
 * A number made of a confusion matrix, and how much it changes with each cell's count. All of them stay the same when every
 * count is doubled, so that Σ count·slope is 0 and the delta method's variance is Σ count·slope².
 */
export type ConfusionMetric = { value: number; slope: (actual: number, predicted: number) => number };

export type Average = "macro" | "weighted";

type Margins = { n: number; hits: number; support: number[]; predicted: number[]; own: number[] };

/** Row and column sums. O(classes²). */
export function margins(counts: Confusion): Margins {
  const support = counts.map(() => 0);
  const predicted = counts.map(() => 0);
  let n = 0;
  counts.forEach((row, actual) => {
    for (let p = 0; p < counts.length; p++) {
      support[actual]! += row[p]!;
      predicted[p]! += row[p]!;
      n += row[p]!;
    }
  });
  const own = counts.map((row, k) => row[k]!);
  return { n, hits: own.reduce((sum, count) => sum + count, 0), support, predicted, own };
}

const ratio = (top: number, bottom: number) => (bottom > 0 ? top / bottom : 0);

/**
 * Precision, recall or F1, averaged over the classes: macro gives each class that occurs as label or as prediction the
 * same weight, weighted its share of the labels. Equal to scikit-learn's with `zero_division=0`.
 *
 * @returns in [0, 1], higher is better; 0 without a row. O(classes²).
 * @see Takahashi et al. (2022), doi:10.1007/s10489-021-02635-5 (the delta method for averaged F1)
 * @example averagedScore([[3, 1], [2, 4]], "f1", "macro").value // 0.6969…
 */
export function averagedScore(
  counts: Confusion,
  kind: "precision" | "recall" | "f1",
  average: Average,
): ConfusionMetric {
  const { n, support, predicted, own } = margins(counts);
  const seen = counts.map((_, k) => support[k]! + predicted[k]! > 0);
  const classes = seen.filter(Boolean).length;
  const weight = counts.map((_, k) =>
    average === "macro" ? (seen[k] ? 1 / classes : 0) : ratio(support[k]!, n),
  );
  const bottom = counts.map((_, k) =>
    kind === "precision"
      ? predicted[k]!
      : kind === "recall"
        ? support[k]!
        : (support[k]! + predicted[k]!) / 2,
  );
  const score = counts.map((_, k) => ratio(own[k]!, bottom[k]!));
  const value = score.reduce((sum, s, k) => sum + weight[k]! * s, 0);
  // d(own/bottom) = (d own − score · d bottom) / bottom
  const alongRow = kind === "precision" ? 0 : kind === "recall" ? 1 : 0.5;
  const alongColumn = kind === "precision" ? 1 : kind === "recall" ? 0 : 0.5;
  return {
    value,
    slope(actual, predictedAs) {
      let slope = 0;
      if (bottom[actual]! > 0) {
        const hit = actual === predictedAs ? 1 : 0;
        slope += (weight[actual]! * (hit - score[actual]! * alongRow)) / bottom[actual]!;
      }
      if (bottom[predictedAs]! > 0) {
        slope -= (weight[predictedAs]! * score[predictedAs]! * alongColumn) / bottom[predictedAs]!;
      }
      if (average === "weighted") slope += (score[actual]! - value) / n;
      return slope;
    },
  };
}

/**
 * Precision, recall or F1 of one class against all others.
 * @returns in [0, 1]; 0 where it is 0/0. O(classes²).
 */
export function classScore(
  counts: Confusion,
  kind: "precision" | "recall" | "f1",
  of: number,
): ConfusionMetric {
  const { support, predicted, own } = margins(counts);
  const bottom =
    kind === "precision"
      ? predicted[of]!
      : kind === "recall"
        ? support[of]!
        : (support[of]! + predicted[of]!) / 2;
  const value = ratio(own[of]!, bottom);
  const alongRow = kind === "precision" ? 0 : kind === "recall" ? 1 : 0.5;
  const alongColumn = kind === "precision" ? 1 : kind === "recall" ? 0 : 0.5;
  return {
    value,
    slope(actual, predictedAs) {
      if (!(bottom > 0)) return 0;
      const hit = actual === of && predictedAs === of ? 1 : 0;
      const weight = (actual === of ? alongRow : 0) + (predictedAs === of ? alongColumn : 0);
      return (hit - value * weight) / bottom;
    },
  };
}

/**
 * Balanced accuracy: the mean recall of the classes that occur as labels. Equal to scikit-learn's
 * `balanced_accuracy_score`.
 *
 * @returns in [0, 1], higher is better; 1/classes is chance; 0 without a row. O(classes²).
 * @see Brodersen et al. (2010), doi:10.1109/ICPR.2010.764
 * @example balancedAccuracy([[3, 1], [2, 4]]).value // 0.7083…
 */
export function balancedAccuracy(counts: Confusion): ConfusionMetric {
  const { support, own } = margins(counts);
  const classes = support.filter((count) => count > 0).length;
  const value = ratio(
    own.reduce((sum, hits, k) => sum + ratio(hits, support[k]!), 0),
    classes,
  );
  return {
    value,
    slope(actual, predicted) {
      const rows = support[actual]!;
      if (!(rows > 0)) return 0;
      return ((actual === predicted ? 1 : 0) - own[actual]! / rows) / rows / classes;
    },
  };
}

/**
 * The 95 % interval of balanced accuracy, put together from Wilson's intervals of the classes' recalls (the method of
 * variance estimates recovery), which holds for few rows a class.
 *
 * @returns bounds in [0, 1]; null without a row. O(classes²).
 * @see Zou & Donner (2008), doi:10.1002/sim.3095
 */
export function balancedAccuracyInterval(counts: Confusion): Interval | null {
  const { support, own } = margins(counts);
  let [classes, sum, below, above] = [0, 0, 0, 0];
  support.forEach((n, k) => {
    const bounds = wilsonInterval({ hits: own[k]!, n });
    if (!bounds) return;
    const recall = own[k]! / n;
    classes++;
    sum += recall;
    below += (recall - bounds.lower) ** 2;
    above += (bounds.upper - recall) ** 2;
  });
  if (classes === 0) return null;
  return {
    lower: Math.max(0, (sum - Math.sqrt(below)) / classes),
    upper: Math.min(1, (sum + Math.sqrt(above)) / classes),
  };
}

/**
 * Matthews' correlation of labels and predictions, in Gorodkin's form for any number of classes. Equal to scikit-learn's
 * `matthews_corrcoef`.
 *
 * @returns in [−1, 1], higher is better, 0 is chance; 0 where labels or predictions are all of one class, which is 0/0.
 *   O(classes²).
 * @see Gorodkin (2004), doi:10.1016/j.compbiolchem.2004.09.006
 * @example matthewsCorrelation([[3, 1], [2, 4]]).value // 0.4082…
 */
export function matthewsCorrelation(counts: Confusion): ConfusionMetric {
  const { n, hits, support, predicted } = margins(counts);
  const squares = (list: readonly number[]) => list.reduce((sum, count) => sum + count * count, 0);
  const covariance = hits * n - support.reduce((sum, count, k) => sum + count * predicted[k]!, 0);
  const spread = { labels: n * n - squares(support), predictions: n * n - squares(predicted) };
  const scale = Math.sqrt(spread.labels) * Math.sqrt(spread.predictions);
  const value = ratio(covariance, scale);
  return {
    value,
    slope(actual, predictedAs) {
      if (!(scale > 0)) return 0;
      const top = (actual === predictedAs ? n : 0) + hits - support[predictedAs]! - predicted[actual]!;
      const bottom =
        (n - support[actual]!) / spread.labels + (n - predicted[predictedAs]!) / spread.predictions;
      return top / scale - value * bottom;
    },
  };
}

/**
 * The standard error of a number made of a confusion matrix, by the delta method for multinomial counts. O(classes²).
 * @see Agresti, Categorical Data Analysis, §16.1, doi:10.1002/0471249688
 */
export function confusionError(counts: Confusion, metric: ConfusionMetric): number {
  let variance = 0;
  counts.forEach((row, actual) => {
    for (let predicted = 0; predicted < counts.length; predicted++) {
      if (row[predicted]! > 0) variance += row[predicted]! * metric.slope(actual, predicted) ** 2;
    }
  });
  return Math.sqrt(variance);
}

/**
 * The 95 % interval of an average from 0 to 1, on the logit scale with the delta method's error.
 * @returns bounds in [0, 1]; null without a row. Wants some 30 rows a class.
 */
export function averageInterval(counts: Confusion, metric: ConfusionMetric): Interval | null {
  return logitInterval({
    value: Math.min(1, Math.max(0, metric.value)),
    standardError: confusionError(counts, metric),
    n: margins(counts).n,
  });
}

/**
 * The 95 % interval of Matthews' correlation, on Fisher's z scale with the delta method's error. For a perfect one it
 * reaches down to where Wilson's interval of n hits out of n does, as 2a − 1 (turned over for −1).
 * @returns bounds in [−1, 1]; null where the correlation is 0/0
 */
export function matthewsInterval(counts: Confusion): Interval | null {
  const metric = matthewsCorrelation(counts);
  const error = confusionError(counts, metric);
  const { n } = margins(counts);
  if (Math.abs(metric.value) >= 1 - 1e-12) {
    const reach = 2 * wilsonInterval({ hits: n, n })!.lower - 1;
    return metric.value > 0 ? { lower: reach, upper: 1 } : { lower: -1, upper: -reach };
  }
  if (!(error > 0)) return null;
  const half = (Z95 * error) / (1 - metric.value ** 2);
  const centre = Math.atanh(metric.value);
  return { lower: Math.tanh(centre - half), upper: Math.tanh(centre + half) };
}
