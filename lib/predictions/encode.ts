import { dictionary, type VersionContext } from "@/lib/models/context";
import type { Column } from "@/lib/models/store";
import { badText } from "@/lib/text";
import { MOST_COLUMNS } from "./infer";
import { LONGEST_VALUE, type ParsedRow, show } from "./parse";
import type { Rejection } from "./schema";
import { wordOf } from "./word";

/** A row as the store keeps it: classes and categories are codes, NaN is missing. */
export type EncodedRow = {
  index: number;
  id: string;
  tsMs: number;
  prediction: number | null;
  score: number | null;
  /** Probability per class code − 1; null where the client gave none. */
  scores: (number | null)[] | null;
  latencyMs: number | null;
  error: string | null;
  features: number[];
};

/** Words that were met for the first time and need a code before their rows can be encoded. */
export class Unknown {
  readonly #categories = new Map<string, { featureId: number; value: string }>();
  readonly classes = new Set<string>();

  get categories(): { featureId: number; value: string }[] {
    return [...this.#categories.values()];
  }

  get isEmpty(): boolean {
    return this.#categories.size === 0 && this.classes.size === 0;
  }

  addCategory(featureId: number, value: string): void {
    this.#categories.set(`${featureId}\u0000${value}`, { featureId, value });
  }
}

/** Of a regression's predictions and labels: the square of their difference must be a number too. */
export const LARGEST_OUTCOME = 1e150;

const LONGEST_CLASS = 200;

/** Stands in a row that will be encoded again, once its words have codes. */
const UNKNOWN_CODE = 1;

/** Classes a model may have; more are a sign that a number or an id is sent as text. */
export const MOST_CLASSES = 1000;

/**
 * Encodes one row against the version's schema.
 * @param unknown takes the words that have no code yet; with any in it, what is encoded is not to be stored
 * @returns the encoded row, or why it breaks the schema: field, value and remedy.
 */
export function encodeRow(context: VersionContext, row: ParsedRow, unknown: Unknown): EncodedRow | Rejection {
  // A typed array this long lives outside of the heap, at three times the cost.
  const features = new Array<number>(context.record.columns.length).fill(Number.NaN);

  let present = 0;
  for (const column of context.features) {
    const value = row.features[column.name];
    if (value === undefined) continue;
    present++;
    if (value === null) continue;
    const encoded = encodeValue(context, column, value, unknown);
    if (typeof encoded === "string") return reject(row, `features.${column.name}: ${encoded}`);
    features[column.id - 1] = encoded;
  }
  const names = Object.keys(row.features);
  if (names.length > MOST_COLUMNS) {
    return reject(
      row,
      `features: ${names.length} names, a version has at most ${MOST_COLUMNS}; send the model's own`,
    );
  }
  if (present !== names.length) {
    const known = new Set(context.features.map((column) => column.name));
    const stranger = names.find((name) => !known.has(name));
    if (stranger !== undefined) {
      return reject(
        row,
        `features.${stranger}: not in the schema of version "${context.record.version}"; leave it out, or log under a new version`,
      );
    }
  }
  if (row.segment) {
    for (const name in row.segment) {
      const column = context.segments.get(name);
      if (!column) return reject(row, `segment.${name}: not a usable segment key`);
      const encoded = encodeValue(context, column, segmentText(row.segment[name]!), unknown);
      if (typeof encoded === "string") return reject(row, `segment.${name}: ${encoded}`);
      features[column.id - 1] = encoded;
    }
  }

  const outcome = encodeOutcome(context, row, unknown);
  if (typeof outcome === "string") return reject(row, outcome);
  return {
    index: row.index,
    id: row.id,
    tsMs: row.tsMs,
    ...outcome,
    latencyMs: row.latencyMs,
    error: row.error,
    features,
  };
}

function reject({ index, id }: ParsedRow, error: string): Rejection {
  return { index, id, error };
}

export function isEncoded(row: EncodedRow | Rejection): row is EncodedRow {
  return "features" in row;
}

/** @returns the number that stands for a value in the vector, or what is wrong with it. */
function encodeValue(
  context: VersionContext,
  column: Column,
  value: unknown,
  unknown: Unknown,
): number | string {
  if (column.type === "numerical") {
    if (typeof value !== "number") return `expected a number, got ${show(value)}`;
    if (!Number.isFinite(value)) return "the number is out of range; send null for a missing value";
    return value;
  }
  const text = categoryText(value);
  if (text === null) {
    return typeof value === "number"
      ? `expected a category (text), got the number ${show(value)}; if it is a number, correct the type in Settings`
      : `expected a number, text, true, false or null, got ${show(value)}`;
  }
  // What has a code has been checked before.
  const code = dictionary(context, column.id).get(text);
  if (code !== undefined) return code;
  const word = wordOf(text);
  if (word !== text) return encodeValue(context, column, word, unknown);
  const wrong = checkCategory(text);
  if (wrong) return wrong;
  unknown.addCategory(column.id, text);
  return UNKNOWN_CODE;
}

function encodeOutcome(
  context: VersionContext,
  row: ParsedRow,
  unknown: Unknown,
): Pick<EncodedRow, "prediction" | "score" | "scores"> | string {
  if (row.prediction === null) return { prediction: null, score: null, scores: null };
  const { task, positiveClass, model } = context.record;
  if (task === "regression") {
    if (typeof row.prediction !== "number") {
      return `prediction: model "${model}" predicts numbers, got ${show(row.prediction)}`;
    }
    if (!(Math.abs(row.prediction) <= LARGEST_OUTCOME)) {
      return `prediction: ${row.prediction} is out of range; errors are squared, so at most ${LARGEST_OUTCOME} is kept`;
    }
    return { prediction: row.prediction, score: null, scores: null };
  }
  const code = encodeClass(context, "prediction", String(row.prediction), unknown);
  if (typeof code === "string") return code;
  let scores: (number | null)[] | null = null;
  if (row.scores) {
    scores = [];
    for (const name in row.scores) {
      const scored = encodeClass(context, `scores.${name}`, name, unknown);
      if (typeof scored === "string") return scored;
      scores[scored - 1] = row.scores[name]!;
    }
    for (let i = 0; i < scores.length; i++) scores[i] ??= null;
  }
  // Two classes and a probability for each say the same as one score.
  const derived =
    scores && scores.length <= 2 && positiveClass !== null ? (scores[positiveClass - 1] ?? null) : null;
  return { prediction: code, score: row.score ?? derived, scores };
}

/** @returns the class's code, or what is wrong with it. */
function encodeClass(
  context: VersionContext,
  field: string,
  value: string,
  unknown: Unknown,
): number | string {
  const code = context.classes.get(value);
  if (code !== undefined) return code;
  const wrong = badText(value);
  if (wrong) return `${field}: ${wrong}`;
  if (value.length <= LONGEST_CLASS && context.classes.size + unknown.classes.size < MOST_CLASSES) {
    unknown.classes.add(value);
    return UNKNOWN_CODE;
  }
  return `${field}: the model has ${MOST_CLASSES} classes already, so ${show(value)} is not added; a number to predict must be sent as a number`;
}

function categoryText(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "true" : "false";
  return null;
}

/** A segment value is a label, whatever its type. */
function segmentText(value: string | number | boolean): string {
  return String(value);
}

function checkCategory(text: string): string {
  if (text.length > LONGEST_VALUE) {
    return `a category of ${text.length} characters; at most ${LONGEST_VALUE} are kept, so shorten or hash it`;
  }
  return badText(text);
}
