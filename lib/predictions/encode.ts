import { dictionary, type VersionContext } from "@/lib/models/context";
import type { Column } from "@/lib/models/store";
import { badText } from "@/lib/text";
import { MOST_COLUMNS } from "./infer";
import { LONGEST_VALUE, type ParsedRow, show } from "./parse";
import type { Rejection } from "./schema";

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

/** Words that are met for the first time and need a code before their rows can be encoded. */
export type Unknown = {
  categories: { featureId: number; value: string }[];
  classes: Set<string>;
};

/** Of a regression's predictions and labels: the square of their difference must be a number too. */
export const LARGEST_OUTCOME = 1e150;

/** Classes a model may have; more are a sign that a number or an id is sent as text. */
export const MOST_CLASSES = 1000;

/**
 * Words in the rows that have no code yet. Rows that will be rejected may name words too; a spare code does no harm.
 */
export function findUnknown(context: VersionContext, rows: readonly ParsedRow[]): Unknown {
  const unknown: Unknown = { categories: [], classes: new Set() };
  const met = new Set<string>();
  const note = (column: Column, value: unknown) => {
    const text = categoryText(value);
    if (text === null || checkCategory(text) || dictionary(context, column.id).has(text)) return;
    const key = `${column.id}\u0000${text}`;
    if (met.has(key)) return;
    met.add(key);
    unknown.categories.push({ featureId: column.id, value: text });
  };
  const classify = context.record.task === "classification";
  for (const row of rows) {
    for (const column of context.features) {
      if (column.type === "categorical") note(column, row.features[column.name]);
    }
    if (row.segment) {
      for (const name in row.segment) {
        const column = context.segments.get(name);
        if (column) note(column, segmentText(row.segment[name]!));
      }
    }
    if (!classify) continue;
    if (row.prediction !== null) noteClass(context, unknown, String(row.prediction));
    if (row.scores) for (const name in row.scores) noteClass(context, unknown, name);
  }
  return unknown;
}

function noteClass(context: VersionContext, unknown: Unknown, value: string): void {
  if (context.classes.has(value) || badText(value) || value.length > 200) return;
  if (context.classes.size + unknown.classes.size < MOST_CLASSES) unknown.classes.add(value);
}

/**
 * Encodes one row against the version's schema. Every word in it must have its code by now.
 * @returns the encoded row, or why it breaks the schema: field, value and remedy.
 */
export function encodeRow(context: VersionContext, row: ParsedRow): EncodedRow | Rejection {
  // A typed array this long lives outside of the heap, at three times the cost.
  const features = new Array<number>(context.record.columns.length).fill(Number.NaN);

  let present = 0;
  for (const column of context.features) {
    const value = row.features[column.name];
    if (value === undefined) continue;
    present++;
    if (value === null) continue;
    const encoded = encodeValue(context, column, value);
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
      const encoded = encodeValue(context, column, segmentText(row.segment[name]!));
      if (typeof encoded === "string") return reject(row, `segment.${name}: ${encoded}`);
      features[column.id - 1] = encoded;
    }
  }

  const outcome = encodeOutcome(context, row);
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
function encodeValue(context: VersionContext, column: Column, value: unknown): number | string {
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
  const wrong = checkCategory(text);
  if (wrong) return wrong;
  return dictionary(context, column.id).get(text) ?? `the category ${show(text)} could not be stored`;
}

function encodeOutcome(
  context: VersionContext,
  row: ParsedRow,
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
  const code = context.classes.get(String(row.prediction));
  if (code === undefined) return unknownClass("prediction", String(row.prediction));
  let scores: (number | null)[] | null = null;
  if (row.scores) {
    scores = [];
    for (const name in row.scores) {
      const scored = context.classes.get(name);
      if (scored === undefined) return unknownClass(`scores.${name}`, name);
      scores[scored - 1] = row.scores[name]!;
    }
    for (let i = 0; i < scores.length; i++) scores[i] ??= null;
  }
  // Two classes and a probability for each say the same as one score.
  const derived =
    scores && scores.length <= 2 && positiveClass !== null ? (scores[positiveClass - 1] ?? null) : null;
  return { prediction: code, score: row.score ?? derived, scores };
}

function unknownClass(field: string, value: string): string {
  const wrong = badText(value);
  if (wrong) return `${field}: ${wrong}`;
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
