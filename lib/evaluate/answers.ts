import { AnsweredLabels } from "./answered-labels";
import { cellText } from "./describe-columns";
import type { EvaluationColumn, Outcomes } from "./input";
import type { OutputMapping } from "./input-mapping";
import { quoted, refused, type TensorSpec } from "./model-files";
import { isMissing, placeOf } from "./place-of";
import type { Answer } from "./scorer";

/** Further outside of 0 to 1 than rounding explains. */
const ROUNDING = 1e-5;

/** Which of the model's outputs the mapping means. @throws TidemarkError where it has none of that name */
export function outputOf({ tensor, kind }: OutputMapping, outputs: readonly TensorSpec[]): TensorSpec {
  const found =
    tensor === null
      ? kind === "label"
        ? outputs[0]
        : (outputs.find(({ type }) => type === "float32" || type === "float64") ?? outputs[0])
      : outputs.find(({ name }) => name === tensor);
  if (found) return found;
  throw refused(
    `the model has no output ${quoted(tensor)}: it has ${outputs.map(({ name }) => name).join(", ")}; choose one of them`,
  );
}

/**
 * Gathers a model's answers, batch by batch, into outcomes. Where a model gives probabilities its class is the most
 * probable one, whatever its own label says: labels of converted trees have been seen to disagree.
 */
export class Gathered {
  readonly #output: OutputMapping;
  readonly #classes: string[];
  readonly #positive: number;
  readonly #width: number;
  readonly #scores: Float64Array | null;
  readonly #predictions: Float64Array | null;
  readonly #labels: AnsweredLabels;
  readonly rows: number;

  /** @throws TidemarkError where the mapping does not say which classes there are */
  constructor(output: OutputMapping, rows: number) {
    this.#output = output;
    this.rows = rows;
    const { kind, classes, positive_class } = output;
    if (kind !== "value" && !classes) {
      throw refused(
        "the mapping does not list the model's classes: list them in the order of its outputs, for a single output the negative class first",
      );
    }
    this.#classes = classes ?? [];
    this.#labels = new AnsweredLabels(this.#classes);
    this.#positive =
      positive_class === null ? this.#classes.length - 1 : this.#classes.indexOf(positive_class);
    if (kind !== "value" && this.#positive < 0) {
      throw refused(
        `the positive class ${quoted(positive_class)} is none of the classes ${this.#classes.map(quoted).join(", ")}: choose one of them`,
      );
    }
    if ((kind === "probability" || kind === "logit") && this.#classes.length !== 2) {
      throw refused(
        `a single ${kind} is of two classes, the mapping lists ${this.#classes.length}: choose probabilities, or list two`,
      );
    }
    this.#width = this.isBinary ? 1 : this.#classes.length;
    const isScored = kind !== "value" && kind !== "label";
    this.#scores = isScored ? new Float64Array(rows * this.#width).fill(Number.NaN) : null;
    this.#predictions = isScored ? null : new Float64Array(rows).fill(Number.NaN);
  }

  get isBinary(): boolean {
    return this.#classes.length === 2;
  }

  /**
   * Takes the answers to rows `[from, from + n)` over; rows of `refused` (by place in the batch) stay without.
   * @throws TidemarkError where the answers are not what the mapping says they are
   */
  add(answer: Answer, from: number, n: number, refusedRows: Uint8Array): void {
    const { kind } = this.#output;
    if (kind === "label") {
      this.#addLabels(answer, from, n, refusedRows);
      return;
    }
    if (Array.isArray(answer.values)) {
      throw refused(
        `the output ${quoted(answer.name)} is text: it is a label; choose label, or another output`,
      );
    }
    const wanted = kind === "value" || kind === "probability" || kind === "logit" ? 1 : this.#classes.length;
    // A model of two classes may well give both probabilities.
    const isPair = kind === "probability" && answer.width === 2;
    if (answer.width !== wanted && !isPair) {
      throw refused(
        `the output ${quoted(answer.name)} has ${answer.width} numbers a row; as ${kind}${this.#classes.length > 0 ? ` of ${this.#classes.length} classes` : ""} it wants ${wanted}: choose what it is, or list the model's classes`,
      );
    }
    for (let i = 0; i < n; i++) {
      if (refusedRows[i] === 1) continue;
      const at = i * answer.width;
      if (kind === "value") this.#predictions![from + i] = finite(answer.values[at] as number);
      else if (kind === "logit") this.#scores![from + i] = this.#towardsPositive(sigmoid(answer.values[at]!));
      else if (isPair)
        this.#scores![from + i] = this.#probability(answer.values[at + this.#positive]!, answer.name);
      else if (kind === "probability") {
        this.#scores![from + i] = this.#towardsPositive(this.#probability(answer.values[at]!, answer.name));
      } else this.#addProbabilities(answer, at, from + i, kind === "logits");
    }
  }

  /** A single output is of the last class; the positive one may be the first. */
  #towardsPositive(score: number): number {
    return this.#positive === 1 ? score : 1 - score;
  }

  #probability(value: number, name: string): number {
    if (value < -ROUNDING || value > 1 + ROUNDING) {
      throw refused(
        `the output ${quoted(name)} says ${value}, which is no probability: it may be a logit (before sigmoid or softmax); choose that, or another output`,
      );
    }
    return Math.min(1, Math.max(0, value));
  }

  #addProbabilities({ values, name }: Answer, at: number, row: number, areLogits: boolean): void {
    const numbers = values as Float32Array | Float64Array;
    const k = this.#classes.length;
    const found = Array.from({ length: k }, (_, place) => numbers[at + place]!);
    const highest = Math.max(...found);
    const powers = areLogits ? found.map((value) => Math.exp(value - highest)) : found;
    const sum = areLogits ? powers.reduce((all, power) => all + power, 0) : 1;
    if (this.isBinary) {
      const score = powers[this.#positive]! / sum;
      this.#scores![row] = areLogits ? score : this.#probability(score, name);
      return;
    }
    for (let place = 0; place < k; place++) {
      const score = powers[place]! / sum;
      this.#scores![row * k + place] = areLogits ? score : this.#probability(score, name);
    }
  }

  #addLabels({ values, name, width }: Answer, from: number, n: number, refusedRows: Uint8Array): void {
    if (width !== 1) {
      throw refused(
        `the output ${quoted(name)} has ${width} values a row, a label is one: choose another output, or probabilities`,
      );
    }
    for (let i = 0; i < n; i++) {
      if (refusedRows[i] !== 1) this.#predictions![from + i] = this.#labels.read(values[i]!);
    }
  }

  /** @throws TidemarkError where the labels are not of the model's classes */
  outcomes(label: EvaluationColumn): Outcomes {
    if (this.#output.kind === "value") {
      if (label.kind !== "numerical") {
        throw refused(
          `the label ${quoted(label.name)} holds categories (${label.dictionary.slice(0, 5).map(quoted).join(", ")}), the model predicts a number: choose another label, or what its output is`,
        );
      }
      return { task: "regression", labels: label.values, predictions: this.#predictions! };
    }
    const labels = placesOf(label, this.#classes);
    const predictions = this.#predictions ? { predictions: this.#labels.places(this.#predictions) } : {};
    const common = { classes: this.#classes, labels, scores: this.#scores, ...predictions };
    if (!this.isBinary) return { task: "multiclass", ...common, positive: this.#positive };
    const { threshold } = this.#output;
    return {
      task: "binary",
      ...common,
      positive: this.#positive,
      ...(threshold === null ? {} : { threshold }),
    };
  }
}

/** An answer that is no number, or beyond all, is none. */
const finite = (value: number) => (Number.isFinite(value) ? value : Number.NaN);

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Labels as places among the classes. @throws TidemarkError for a label that is none of them */
export function placesOf(label: EvaluationColumn, classes: readonly string[]): Float64Array {
  const unknown = (value: string) =>
    refused(
      `the label ${quoted(label.name)} holds ${quoted(value)}, which is none of the model's classes ${classes.map(quoted).join(", ")}: list the classes as the data writes them, in the order of the model's outputs`,
    );
  const placeAt = placeOf(label, new Map(classes.map((name, place) => [name, place])));
  const rows = label.kind === "numerical" ? label.values.length : label.codes.length;
  const found = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const place = placeAt(row);
    if (place === undefined && !isMissing(label, row)) throw unknown(cellText(label, row));
    found[row] = place ?? Number.NaN;
  }
  return found;
}
