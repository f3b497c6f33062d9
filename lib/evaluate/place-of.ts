import { NUMBER } from "@/lib/baselines/plain-cell";
import { flagOf } from "@/lib/datasets/flag";
import { momentOf } from "@/lib/datasets/moment";
import type { EvaluationColumn } from "./input";

/**
 * Of each row the place of its value among names as a model's author wrote them; undefined where it is none or missing. A
 * value is found by what it is and not only by how it is spelt: reading made booleans of "True", moments of "2024-01-01" and
 * the number 1 of "1.0", and either side may have space around a text. A name that is spelt as the value is goes first, then
 * the first that means it.
 */
export function placeOf<Place>(
  column: EvaluationColumn,
  places: ReadonlyMap<string, Place>,
): (row: number) => Place | undefined {
  if (column.kind === "categorical") {
    const meaning = isFlags(column) ? flagOf : (text: string) => text.trim();
    const byMeaning = firsts(places, meaning);
    const byCode = column.dictionary.map((word) => places.get(word) ?? byMeaning.get(meaning(word)));
    return (row) => byCode[column.codes[row]!];
  }
  const byValue = firsts(places, column.time ? timeOrNumber : numberOf);
  for (const [name, place] of places) if (String(Number(name)) === name) byValue.set(Number(name), place);
  byValue.delete(Number.NaN);
  return (row) => byValue.get(column.values[row]!);
}

export const isMissing = (column: EvaluationColumn, row: number): boolean =>
  column.kind === "categorical" ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!);

/** Whether reading made it of booleans: only then are there no other words. */
export const isFlags = (column: EvaluationColumn): boolean =>
  column.kind === "categorical" && column.dictionary.every((word) => !Number.isNaN(flagOf(word)));

/** The number that a text writes; NaN for any other, "" among them. */
export function numberOf(text: string): number {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN;
}

function timeOrNumber(text: string): number {
  const moment = momentOf(text);
  return Number.isNaN(moment) ? numberOf(text) : moment;
}

function firsts<Place>(
  places: ReadonlyMap<string, Place>,
  meaning: (name: string) => string | number,
): Map<string | number, Place> {
  const found = new Map<string | number, Place>();
  for (const [name, place] of places) {
    const key = meaning(name);
    if (!found.has(key)) found.set(key, place);
  }
  return found;
}
