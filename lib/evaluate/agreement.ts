import type { Outcomes } from "./input";

/**
 * Two engines, or two machines, add the products of 32-bit floats in another order. A score may differ by
 * `absolute` + `relative` · |score|; on a graphics card, where half precision may be used, by more.
 */
export type Tolerance = { absolute: number; relative: number };

export const toleranceOf = (backend: string): Tolerance =>
  backend === "webgl" || backend === "webgpu"
    ? { absolute: 1e-3, relative: 1e-3 }
    : { absolute: 1e-5, relative: 1e-5 };

/** Report numbers are computed of the very same scores, so they differ by rounding only. */
export const REPORT_TOLERANCE: Tolerance = { absolute: 1e-12, relative: 1e-9 };

/** What is not finite is close to its like only: every number is within a share of infinity. */
const isClose = (a: number, b: number, { absolute, relative }: Tolerance): boolean =>
  Object.is(a, b) ||
  a === b ||
  (Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= absolute + relative * Math.abs(b));

/**
 * Holds what was saved against what a repetition has given.
 * @returns the first difference in words; null where there is none
 */
export function firstDifference(saved: Outcomes, repeated: Outcomes, tolerance: Tolerance): string | null {
  if (saved.task !== repeated.task)
    return `the task: ${saved.task} was saved, the model's is ${repeated.task}`;
  if (saved.labels.length !== repeated.labels.length) {
    return `the number of rows: ${saved.labels.length} were saved, the dataset has ${repeated.labels.length}`;
  }
  const classes = classesOf(repeated);
  if (
    classesOf(saved).join("\u0000") !== classes.join("\u0000") ||
    positiveOf(saved) !== positiveOf(repeated)
  ) {
    return `the classes: ${classesOf(saved).join(", ")} were saved, the mapping says ${classes.join(", ")}`;
  }
  const label = differingPlace(saved.labels, repeated.labels, { absolute: 0, relative: 0 });
  if (label >= 0) {
    const word = (value: number) => classes[value] ?? value;
    return `the label of row ${label}: ${word(saved.labels[label]!)} was saved, the dataset says ${word(repeated.labels[label]!)}`;
  }
  const [mine, theirs] = [answersOf(saved), answersOf(repeated)];
  if (mine.length !== theirs.length) return "the scores: of another number than the model gives";
  const at = differingPlace(mine, theirs, tolerance);
  if (at < 0) return null;
  const row = Math.floor(at / (theirs.length / repeated.labels.length));
  return `the score of row ${row}: ${mine[at]} was saved, the model gives ${theirs[at]} (more than ${tolerance.absolute} apart)`;
}

const classesOf = (outcomes: Outcomes): readonly string[] =>
  outcomes.task === "regression" ? [] : outcomes.classes;
const positiveOf = (outcomes: Outcomes) => (outcomes.task === "regression" ? undefined : outcomes.positive);
const answersOf = (outcomes: Outcomes): Float64Array =>
  (outcomes.task === "regression" ? null : outcomes.scores) ?? outcomes.predictions ?? new Float64Array();

function differingPlace(a: Float64Array, b: Float64Array, tolerance: Tolerance): number {
  for (let i = 0; i < a.length; i++) if (!isClose(a[i]!, b[i]!, tolerance)) return i;
  return -1;
}

/**
 * The first place where two reports differ: "metrics.auc.value: 0.9 was saved, the scores give 0.81".
 * @returns null where they are the same up to rounding
 */
export function reportDifference(saved: unknown, computed: unknown, path = ""): string | null {
  if (typeof saved === "number" && typeof computed === "number") {
    return isClose(saved, computed, REPORT_TOLERANCE) ? null : words(path, saved, computed);
  }
  if (typeof saved !== "object" || typeof computed !== "object" || saved === null || computed === null) {
    return Object.is(saved ?? null, computed ?? null) ? null : words(path, saved, computed);
  }
  const names = new Set([...Object.keys(computed), ...Object.keys(saved)]);
  for (const name of names) {
    const step = path === "" ? name : `${path}.${name}`;
    const [mine, theirs] = [saved, computed].map((each) => (each as Record<string, unknown>)[name]);
    const found = reportDifference(mine, theirs, step);
    if (found) return found;
  }
  return null;
}

const words = (path: string, saved: unknown, computed: unknown): string => {
  const short = (value: unknown) => (JSON.stringify(value) ?? "nothing").slice(0, 80);
  return `${path}: ${short(saved)} was saved, the scores give ${short(computed)}`;
};
