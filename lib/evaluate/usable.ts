import { TidemarkError } from "@/lib/errors";
import type { Outcomes } from "./input";

/** Classes without a name would only be numbers; beyond this a table of them says nothing either. */
const MOST_CLASSES = 1_000;

/** The rows that have a label and a prediction, packed: place i here is row `rows[i]` of the dataset. */
export type Usable = {
  rows: Uint32Array;
  /** Places of classes, or numbers. */
  labels: Float64Array;
  predictions: Float64Array;
  /** `width` a row; null without. */
  scores: Float64Array | null;
  width: number;
  missingLabel: number;
  missingPrediction: number;
};

/** @throws TidemarkError `bad_request` for arrays that do not fit, values out of range, or no row to measure */
export function usableRows(outcomes: Outcomes, chosen?: Uint8Array): Usable {
  const total = outcomes.labels.length;
  const width = checkShape(outcomes, chosen);
  const scores = outcomes.task === "regression" ? null : outcomes.scores;
  const given = outcomes.predictions ?? null;
  const rows = new Uint32Array(total);
  let [n, missingLabel, missingPrediction] = [0, 0, 0];
  for (let row = 0; row < total; row++) {
    if (chosen && !chosen[row]) continue;
    if (Number.isNaN(outcomes.labels[row]!)) missingLabel++;
    else if (scores ? isMissing(scores, row * width, width) : Number.isNaN(given![row]!)) missingPrediction++;
    else rows[n++] = row;
  }
  if (n === 0) {
    throw refused(
      `none of the ${total} rows has both a label and a prediction (${missingLabel} have no label, ${missingPrediction} no prediction): choose the label's column, and a dataset that has labels`,
    );
  }
  const kept = rows.slice(0, n);
  const usable: Usable = {
    rows: kept,
    labels: pick(outcomes.labels, kept),
    predictions: new Float64Array(n),
    scores: scores && pickRows(scores, kept, width),
    width,
    missingLabel,
    missingPrediction,
  };
  usable.predictions = scores ? decide(outcomes, usable) : pick(given!, kept);
  checkValues(outcomes, usable);
  return usable;
}

function checkShape(outcomes: Outcomes, chosen: Uint8Array | undefined): number {
  const n = outcomes.labels.length;
  const sized = (name: string, length: number, wanted: number) => {
    if (length !== wanted) {
      throw refused(`${length} ${name} for ${n} labels, ${wanted} are wanted: give them for every row`);
    }
  };
  if (chosen) sized("marks of rows", chosen.length, n);
  if (outcomes.predictions) sized("predictions", outcomes.predictions.length, n);
  if (outcomes.task === "regression") return 1;
  const classes = outcomes.classes.length;
  if (classes < 2 || classes > MOST_CLASSES || (outcomes.task === "binary" && classes !== 2)) {
    throw refused(
      `${classes} classes for a ${outcomes.task} model: ${outcomes.task === "binary" ? "it has two" : `from 2 to ${MOST_CLASSES} can be evaluated`}`,
    );
  }
  const width = outcomes.task === "binary" ? 1 : classes;
  if (outcomes.scores) sized("scores", outcomes.scores.length, n * width);
  else if (!outcomes.predictions) throw refused("neither scores nor predictions: give one of them");
  return width;
}

function isMissing(scores: Float64Array, from: number, width: number): boolean {
  for (let k = 0; k < width; k++) if (Number.isNaN(scores[from + k]!)) return true;
  return false;
}

function pick(values: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i]!]!;
  return picked;
}

function pickRows(values: Float64Array, rows: Uint32Array, width: number): Float64Array {
  if (width === 1) return pick(values, rows);
  const picked = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i]! * width;
    for (let k = 0; k < width; k++) picked[i * width + k] = values[from + k]!;
  }
  return picked;
}

/** The class of each row: by the threshold, or the most probable one (of equal ones the first, as numpy's argmax). */
function decide(outcomes: Outcomes, { rows, scores, width }: Usable): Float64Array {
  const found = new Float64Array(rows.length);
  if (outcomes.task === "binary") {
    const { positive } = outcomes;
    const threshold = thresholdOf(outcomes);
    for (let i = 0; i < found.length; i++) found[i] = scores![i]! >= threshold ? positive : 1 - positive;
    return found;
  }
  for (let i = 0; i < found.length; i++) {
    let best = 0;
    for (let k = 1; k < width; k++) if (scores![i * width + k]! > scores![i * width + best]!) best = k;
    found[i] = best;
  }
  return found;
}

export const thresholdOf = (outcomes: Extract<Outcomes, { task: "binary" }>): number =>
  outcomes.threshold ?? 0.5;

function checkValues(outcomes: Outcomes, { rows, labels, predictions, scores, width }: Usable): void {
  if (outcomes.task === "regression") {
    for (let i = 0; i < rows.length; i++) {
      const wrong = [labels[i]!, predictions[i]!].find((value) => !Number.isFinite(value));
      if (wrong !== undefined) throw refused(`row ${rows[i]! + 1} has ${wrong}: expected finite numbers`);
    }
    return;
  }
  const classes = outcomes.classes.length;
  for (const values of [labels, predictions]) {
    for (let i = 0; i < rows.length; i++) {
      const place = values[i]!;
      if (!(Number.isInteger(place) && place >= 0 && place < classes)) {
        throw refused(
          `row ${rows[i]! + 1} is of class number ${place}, there are ${classes}: number them from 0`,
        );
      }
    }
  }
  if (!scores) return;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (score >= 0 && score <= 1) continue;
    throw refused(
      `row ${rows[Math.floor(i / width)]! + 1} has the score ${score}: expected a probability from 0 to 1; where the model gives logits, say so in the mapping`,
    );
  }
}

const refused = (message: string) => new TidemarkError("bad_request", message);
