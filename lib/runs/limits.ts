import path from "node:path";
import { TidemarkError } from "@/lib/errors";
import { badText } from "@/lib/text";
import type { KeyValue } from "./schema";

/** What MLflow's own server keeps: clients cut or refuse what is longer (mlflow/utils/validation.py). */
export const LIMITS = {
  key: 250,
  paramValue: 6000,
  tagValue: 8000,
  experimentName: 500,
  experimentTagKey: 250,
  experimentTagValue: 5000,
  metricsPerBatch: 1000,
  paramsPerBatch: 100,
  tagsPerBatch: 100,
  entitiesPerBatch: 1000,
  experimentsPerSearch: 50_000,
  runsPerSearch: 50_000,
} as const;

/** A refusal in the words that MLflow's clients look for. */
export function invalid(value: unknown, parameter: string, reason: string): TidemarkError {
  const shown = JSON.stringify(value) ?? "null";
  return new TidemarkError(
    "bad_request",
    `Invalid value ${shown.length > 500 ? `${shown.slice(0, 500)}…` : shown} for parameter '${parameter}' supplied: ${reason}`,
  );
}

/** @throws TidemarkError `bad_request` for a page of no rows, or of more than there may be */
export function checkMaxResults(maxResults: number, most: number): void {
  if (maxResults >= 1 && maxResults <= most) return;
  throw invalid(maxResults, "max_results", `It must be at least 1 and at most ${most}`);
}

export const missing = (parameter: string) =>
  new TidemarkError("bad_request", `Missing value for required parameter '${parameter}'.`);

/** The names of metrics, params and tags: a path in good order, since artifact stores of old made files of them. */
export function checkKey(key: string, parameter: string): void {
  if (key === "") throw missing(parameter);
  if (key.length > LIMITS.key) throw invalid(key, parameter, `it is longer than ${LIMITS.key} characters`);
  if (!/^[/\p{L}\p{N}_.\- :]*$/u.test(key)) {
    throw invalid(
      key,
      parameter,
      "Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).",
    );
  }
  if (path.posix.normalize(key) !== key || /^\/|\/$/.test(key) || /^\.\.?(\/|$)/.test(key)) {
    throw invalid(key, parameter, "Names may be treated as files in certain cases, and must be plain paths.");
  }
  checkText(key, parameter);
}

export function checkKeys(pairs: readonly { key: string }[], list: string): void {
  for (const [place, { key }] of pairs.entries()) checkKey(key, `${list}[${place}].key`);
}

export function checkText(text: string, parameter: string): void {
  const wrong = badText(text);
  if (wrong) throw invalid(text, parameter, `it ${wrong}`);
}

export function checkLength(text: string, parameter: string, most: number): void {
  if (text.length > most) throw invalid(text, parameter, `it is longer than ${most} characters`);
  checkText(text, parameter);
}

/** Values that are too long are cut, as MLflow does: a run must not fail over the length of a note. */
export function cut({ key, value }: KeyValue, most: number, parameter: string): KeyValue {
  checkText(value, parameter);
  return { key, value: value.length > most ? value.slice(0, most).replace(/[\ud800-\udbff]$/, "") : value };
}
