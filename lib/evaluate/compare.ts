import { TidemarkError } from "@/lib/errors";
import {
  averagedScore,
  balancedAccuracy,
  type Confusion,
  type ConfusionMetric,
  classScore,
  matthewsCorrelation,
} from "@/lib/stats/confusion-metrics";
import { delongTest } from "@/lib/stats/delong";
import { Z95 } from "@/lib/stats/interval";
import { mcnemar } from "@/lib/stats/mcnemar";
import { normalTwoSidedTail } from "@/lib/stats/normal-distribution";
import { type JointCell, pairedConfusion } from "@/lib/stats/paired-confusion";
import { pairedMeans } from "@/lib/stats/paired-means";
import { pairedProportions } from "@/lib/stats/paired-proportions";
import { rowBrierLosses, rowLogLosses } from "@/lib/stats/row-losses";
import { splitScores } from "./curves";
import { estimate } from "./estimate";
import type { Outcomes } from "./input";
import type { EvaluationComparison } from "./schema";
import { type Usable, usableRows } from "./usable";

type Compared = EvaluationComparison["metrics"][string];
type Side = "champion" | "challenger";
type Paired = {
  champion: number;
  challenger: number;
  difference: number;
  interval: { lower: number; upper: number } | null;
  pValue: number | null;
};

/**
 * Two models on the same rows in the same order: each metric's difference (challenger − champion) with its paired 95 %
 * interval and a test of none. What both get right or wrong together cancels, so that a small difference shows on few rows.
 *
 * accuracy: McNemar's exact test, Bonett and Price's interval. auc: DeLong. Other numbers of the confusion matrix: delta
 * method over the joint counts. log_loss, brier, mae, squared_error: the mean of the rows' differences. rmse and r2: the
 * same by the delta method.
 *
 * @throws TidemarkError `bad_request` where the two are not of the same rows, or no row has both predictions. O(n log n).
 */
export function compareOutcomes({
  champion,
  challenger,
}: {
  champion: Outcomes;
  challenger: Outcomes;
}): EvaluationComparison {
  const other = sameClasses(champion, challenger);
  const both = bothKnown(champion, other);
  const first = usableRows(champion, both);
  const second = usableRows(other, both);
  checkSameLabels(first, second);
  if (champion.task === "regression") {
    return { task: "regression", n: first.rows.length, metrics: compareErrors(first, second) };
  }
  const cells = jointCells(first, second, champion.classes.length);
  const agreement = countAgreement(cells);
  return {
    task: champion.task,
    n: first.rows.length,
    ...(champion.positive === undefined ? {} : { positive_class: champion.classes[champion.positive]! }),
    metrics: {
      accuracy: compareAccuracy(agreement, first.rows.length),
      ...compareConfusions(champion, cells),
      ...compareScores(champion, first, second),
    },
    disagreement: {
      both_right: agreement.bothRight,
      only_champion: agreement.onlyChampion,
      only_challenger: agreement.onlyChallenger,
      both_wrong: agreement.bothWrong,
      p_exact: agreement.test.pExact,
      statistic: agreement.test.statistic,
      p_corrected: agreement.test.pCorrected,
    },
  };
}

/** The challenger with its classes in the champion's order. */
function sameClasses(champion: Outcomes, challenger: Outcomes): Outcomes {
  if (champion.task !== challenger.task) {
    throw refused(
      `the champion is a ${champion.task} model and the challenger ${challenger.task}: compare like with like`,
    );
  }
  if (champion.task === "regression" || challenger.task === "regression") return challenger;
  const own = challenger.classes;
  const places = own.map((name) => champion.classes.indexOf(name));
  if (own.length !== champion.classes.length || places.includes(-1)) {
    throw refused(
      `the champion's classes are ${champion.classes.join(", ")} and the challenger's ${own.join(", ")}: compare models of the same classes`,
    );
  }
  if (champion.task === "binary" && places[challenger.positive!] !== champion.positive) {
    throw refused(
      `the champion's positive class is ${champion.classes[champion.positive]} and the challenger's ${own[challenger.positive!]}: evaluate both for the same one`,
    );
  }
  if (places.every((place, k) => place === k)) return challenger;
  const moved = (values: Float64Array) => values.map((value) => places[value] ?? Number.NaN);
  const common = {
    classes: champion.classes,
    labels: moved(challenger.labels),
    ...(challenger.predictions ? { predictions: moved(challenger.predictions) } : {}),
  };
  if (challenger.task === "binary")
    return { ...challenger, ...common, positive: places[challenger.positive]! };
  const { scores } = challenger;
  const width = places.length;
  const turned = scores && new Float64Array(scores.length);
  if (turned) {
    for (let i = 0; i < turned.length; i++) {
      const k = i % width;
      turned[i - k + places[k]!] = scores[i]!;
    }
  }
  return {
    ...challenger,
    ...common,
    scores: turned,
    ...(challenger.positive === undefined ? {} : { positive: places[challenger.positive]! }),
  };
}

/** Marks the rows whose label is known and on which both models have a prediction. */
function bothKnown(champion: Outcomes, challenger: Outcomes): Uint8Array {
  const n = champion.labels.length;
  if (challenger.labels.length !== n) {
    throw refused(
      `the champion was evaluated on ${n} rows and the challenger on ${challenger.labels.length}: evaluate both on the same dataset`,
    );
  }
  const marks = new Uint8Array(n);
  for (const row of usableRows(champion).rows) marks[row]!++;
  for (const row of usableRows(challenger).rows) marks[row]!++;
  for (let i = 0; i < n; i++) marks[i] = marks[i] === 2 ? 1 : 0;
  return marks;
}

function checkSameLabels(first: Usable, second: Usable): void {
  for (let i = 0; i < first.labels.length; i++) {
    if (first.labels[i] === second.labels[i]) continue;
    throw refused(
      `row ${first.rows[i]! + 1} has another label in the champion's evaluation than in the challenger's: evaluate both on the same dataset, with the same label column`,
    );
  }
}

function jointCells(first: Usable, second: Usable, classes: number): JointCell[] {
  const counts = new Map<number, number>();
  for (let i = 0; i < first.labels.length; i++) {
    const key = (first.labels[i]! * classes + first.predictions[i]!) * classes + second.predictions[i]!;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => ({
    actual: Math.floor(key / classes / classes),
    champion: Math.floor(key / classes) % classes,
    challenger: key % classes,
    count,
  }));
}

function countAgreement(cells: readonly JointCell[]) {
  const counts = { bothRight: 0, onlyChampion: 0, onlyChallenger: 0, bothWrong: 0 };
  for (const { actual, champion, challenger, count } of cells) {
    const [own, other] = [champion === actual, challenger === actual];
    counts[own ? (other ? "bothRight" : "onlyChampion") : other ? "onlyChallenger" : "bothWrong"] += count;
  }
  return { ...counts, test: mcnemar(counts) };
}

function compareAccuracy(
  { bothRight, onlyChampion, onlyChallenger, test }: ReturnType<typeof countAgreement>,
  n: number,
): Compared {
  const { difference, interval } = pairedProportions({ onlyChampion, onlyChallenger, n })!;
  return compared("higher", {
    champion: (bothRight + onlyChampion) / n,
    challenger: (bothRight + onlyChallenger) / n,
    difference,
    interval,
    pValue: test.pExact,
  });
}

function compareConfusions(
  outcomes: Extract<Outcomes, { task: "binary" | "multiclass" }>,
  cells: readonly JointCell[],
): EvaluationComparison["metrics"] {
  const metrics: Record<string, (counts: Confusion) => ConfusionMetric> = {
    balanced_accuracy: balancedAccuracy,
    mcc: matthewsCorrelation,
  };
  const kinds = ["precision", "recall", "f1"] as const;
  if (outcomes.task === "binary") {
    const { positive } = outcomes;
    for (const kind of kinds) metrics[kind] = (counts) => classScore(counts, kind, positive);
    metrics.specificity = (counts) => classScore(counts, "recall", 1 - positive);
  } else {
    for (const average of ["macro", "weighted"] as const) {
      for (const kind of kinds)
        metrics[`${average}_${kind}`] = (counts) => averagedScore(counts, kind, average);
    }
  }
  const joint = { cells, classes: outcomes.classes.length };
  return Object.fromEntries(
    Object.entries(metrics).map(([name, metric]) => [
      name,
      compared("higher", pairedConfusion(joint, metric)),
    ]),
  );
}

function compareScores(
  outcomes: Extract<Outcomes, { task: "binary" | "multiclass" }>,
  first: Usable,
  second: Usable,
): EvaluationComparison["metrics"] {
  if (!first.scores || !second.scores) return {};
  const { width } = first;
  const of = outcomes.task === "binary" ? outcomes.positive : null;
  const labels = of === null ? first.labels : first.labels.map((label) => Number(label === of));
  const losses = (measure: typeof rowLogLosses, { scores }: Usable) =>
    measure({ labels, scores: scores!, width });
  const found: EvaluationComparison["metrics"] = {
    log_loss: compared("lower", pairedMeans(bySide((side) => losses(rowLogLosses, side), first, second))!),
    brier: compared("lower", pairedMeans(bySide((side) => losses(rowBrierLosses, side), first, second))!),
  };
  if (of === null) return found;
  const split = bySide(
    (side) => splitScores(labels, side.scores!, { of: 1, width: 1, column: 0 }),
    first,
    second,
  );
  const area = delongTest({
    positive: { champion: split.champion.positive, challenger: split.challenger.positive },
    negative: { champion: split.champion.negative, challenger: split.challenger.negative },
  });
  return area ? { auc: compared("higher", area), ...found } : found;
}

function bySide<T>(make: (side: Usable) => T, champion: Usable, challenger: Usable): Record<Side, T> {
  return { champion: make(champion), challenger: make(challenger) };
}

function compareErrors(first: Usable, second: Usable): EvaluationComparison["metrics"] {
  const { labels } = first;
  const n = labels.length;
  const errors = (power: number) => (side: Usable) =>
    labels.map((label, i) => Math.abs(side.predictions[i]! - label) ** power);
  const squared = bySide(errors(2), first, second);
  const test = pairedMeans(squared)!;
  const found: EvaluationComparison["metrics"] = {
    mae: compared("lower", pairedMeans(bySide(errors(1), first, second))!),
    squared_error: compared("lower", test),
  };
  const [own, other] = [Math.sqrt(test.champion), Math.sqrt(test.challenger)];
  // d√m = dm / 2√m, and nothing at a perfect fit
  const root = (mean: number, value: number) => (mean > 0 ? (value - mean) / (2 * Math.sqrt(mean)) : 0);
  found.rmse = compared("lower", {
    champion: own,
    challenger: other,
    ...byInfluence(
      other - own,
      n,
      (i) => root(test.challenger, squared.challenger[i]!) - root(test.champion, squared.champion[i]!),
    ),
  });
  const mean = labels.reduce((sum, label) => sum + label / n, 0);
  const spread = labels.reduce((sum, label) => sum + (label - mean) ** 2 / n, 0);
  if (!(spread > 0)) return found;
  const gain = (test.champion - test.challenger) / spread;
  found.r2 = compared("higher", {
    champion: 1 - test.champion / spread,
    challenger: 1 - test.challenger / spread,
    ...byInfluence(
      gain,
      n,
      (i) => (squared.champion[i]! - squared.challenger[i]! - gain * (labels[i]! - mean) ** 2) / spread,
    ),
  });
  return found;
}

function byInfluence(
  difference: number,
  n: number,
  influence: (i: number) => number,
): Pick<Paired, "difference" | "interval" | "pValue"> {
  let squares = 0;
  for (let i = 0; i < n; i++) squares += influence(i) ** 2;
  const error = Math.sqrt(squares) / n;
  if (!(error > 0)) return { difference, interval: null, pValue: difference === 0 ? 1 : null };
  return {
    difference,
    interval: { lower: difference - Z95 * error, upper: difference + Z95 * error },
    pValue: normalTwoSidedTail(difference / error),
  };
}

function compared(
  better: "higher" | "lower",
  { champion, challenger, difference, interval, pValue }: Paired,
): Compared {
  return { champion, challenger, difference: estimate(difference, interval), p_value: pValue, better };
}

const refused = (message: string) => new TidemarkError("bad_request", message);
