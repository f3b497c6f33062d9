import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import { badText } from "@/lib/text";
import { PredictionRow, type Rejection } from "./schema";
import { numberWord, wordOf } from "./word";

/** A row whose envelope is sound; its features still have to be held against the version's schema. */
export type ParsedRow = {
  /** Place in the request. */
  index: number;
  id: string;
  tsMs: number;
  features: Record<string, unknown>;
  prediction: string | number | boolean | null;
  score: number | null;
  scores: Record<string, number> | null;
  latencyMs: number | null;
  error: string | null;
  segment: Record<string, string | number | boolean> | null;
};

export type Clock = {
  nowMs: number;
  /** Rows from before are gone, so that a retry of one could no longer be told from a new row. */
  oldestMs?: number;
};

/** How far ahead of the server's clock a prediction may be dated: a client's clock may be wrong by a time zone. */
export const CLOCK_SKEW_MS = 24 * 3_600_000;

/** Longest category, class or segment value, in UTF-16 units: what fits an index entry of the store. */
export const LONGEST_VALUE = 500;

// The one zod schema, compiled. The values of features are checked while they are encoded, in the same pass.
const isRow = new Ajv2020({ strict: false, strictNumbers: true, validateFormats: false }).compile(
  z.toJSONSchema(PredictionRow.extend({ features: z.looseObject({}).nullish() }), { io: "input" }),
);

/**
 * Reads one logged prediction.
 * @returns the row, or why it cannot be kept: field, value and remedy.
 */
export function parseRow(value: unknown, index: number, clock: Clock): ParsedRow | Rejection {
  if (!isRow(value)) return { index, id: idOf(value), error: explain(value) };
  const row = value as z.input<typeof PredictionRow>;
  const tsMs = Date.parse(row.timestamp);
  const refusal =
    (badText(row.id) && `id: ${badText(row.id)}`) ||
    (row.error && badText(row.error) && `error: ${badText(row.error)}`) ||
    checkTime(row.timestamp, tsMs, clock) ||
    checkOutcome(row);
  if (refusal) return { index, id: row.id, error: refusal };
  return {
    index,
    id: row.id,
    tsMs,
    features: row.features ?? {},
    prediction: typeof row.prediction === "string" ? wordOf(row.prediction) : (row.prediction ?? null),
    score: row.score ?? null,
    scores: row.scores ? nameScores(row.scores, row.prediction) : null,
    latencyMs: row.latency_ms ?? null,
    error: row.error ?? null,
    segment: row.segment ?? null,
  };
}

export function isRejection(row: ParsedRow | Rejection): row is Rejection {
  return "error" in row && !("tsMs" in row);
}

/** @returns why a time cannot be that of a prediction, or "". */
export function checkTime(text: string, tsMs: number, { nowMs, oldestMs = 0 }: Clock): string {
  if (Number.isNaN(tsMs)) return `timestamp: "${text}" is not a time that exists`;
  if (tsMs < 0) return `timestamp: ${text} is before 1970; check the client's clock`;
  if (tsMs < oldestMs) {
    return `timestamp: ${text} is older than rows are kept (since ${new Date(oldestMs).toISOString()}); raise TIDEMARK_RETENTION_DAYS to log it`;
  }
  if (tsMs > nowMs + CLOCK_SKEW_MS) {
    return `timestamp: ${text} is more than a day ahead of the server's clock (${new Date(nowMs).toISOString()}); check the client's clock`;
  }
  return "";
}

function checkOutcome(row: z.input<typeof PredictionRow>): string {
  const predicted = row.prediction !== undefined;
  if (!predicted && !row.error) return 'prediction: missing; give a class or a number, or an "error" instead';
  if (predicted && row.error) return 'error: a row carries a prediction or an "error", not both';
  if (row.scores) {
    const names = new Set<string>();
    for (const key of Object.keys(row.scores)) {
      const name = className(key, row.prediction);
      if (names.has(name)) return `scores.${key}: class ${show(name)} has two probabilities; send one`;
      names.add(name);
    }
  }
  return "";
}

/** A map's keys are always text: they are read as what the prediction is, so that {"1.0": 0.9} speaks of the class 1. */
function nameScores(
  scores: Record<string, number>,
  prediction: ParsedRow["prediction"] | undefined,
): Record<string, number> {
  const names = Object.entries(scores).map(([key, score]) => [className(key, prediction), score] as const);
  return Object.fromEntries(names);
}

function className(key: string, prediction: ParsedRow["prediction"] | undefined): string {
  return typeof prediction === "number" ? (numberWord(key) ?? key) : wordOf(key);
}

/** The first complaint of the schema about a row, with the value it is about. */
function explain(value: unknown): string {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    return `expected an object, got ${show(value)}`;
  }
  const parsed = PredictionRow.safeParse(value);
  const issue = parsed.success ? undefined : parsed.error.issues[0];
  if (!issue) return "not a prediction row";
  const at = issue.path.map(String).join(".");
  let found: unknown = value;
  for (const key of issue.path) found = (found as Record<PropertyKey, unknown> | undefined)?.[key];
  if (found === undefined) return `${at}: missing${remedy(at)}`;
  return `${at}: ${issue.message.replace(/^Invalid input: /, "")}, got ${show(found)}`;
}

function remedy(field: string): string {
  if (field === "id")
    return "; a retried row is recognised by its id and timestamp, so the client must set them";
  if (field === "timestamp") return "; it is part of the row's identity, so a retry must send the same one";
  return "";
}

/** A value as it may stand in a message: short, on one line. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function idOf(value: unknown): string | null {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id.slice(0, 200) : null;
}
