import type { EvaluationColumn } from "./input";
import { quantile } from "./regression";
import type { SliceTerm } from "./schema";
import { timeText } from "./time-text";

/** No group: its value is too rare to be one. */
export const NO_GROUP = 255;
/** Values of a category that are groups of their own, the most frequent first. */
export const MOST_VALUES = 30;
/** Up to so many different numbers each is a group; more are cut at the quartiles. */
const MOST_NUMBERS = 10;
const CUTS = 4;

/** A feature as groups: a code for each usable row, and what each code means. */
export type Groups = {
  feature: string;
  codes: Uint8Array;
  terms: SliceTerm[];
  /** Values that had too few rows. */
  dropped: number;
};

/**
 * Cuts a column into groups: the categories, or the numbers at their quartiles, and the missing ones.
 * @param rows places in the column; @param minimumN groups of fewer rows get no code
 * @returns without terms where no group is large enough. O(n log n).
 */
export function groupsOf(column: EvaluationColumn, rows: Uint32Array, minimumN: number): Groups {
  if (column.kind === "categorical") return byCategory(column, rows, minimumN);
  return keepLarge(byNumber(column, rows), minimumN);
}

function byCategory(
  { name, codes, dictionary }: Extract<EvaluationColumn, { kind: "categorical" }>,
  rows: Uint32Array,
  minimumN: number,
): Groups {
  const counts = new Uint32Array(dictionary.length + 1);
  for (const row of rows) counts[codes[row]! + 1]!++;
  const frequent = Array.from(counts.keys())
    .filter((code) => counts[code]! >= minimumN)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MOST_VALUES);
  const groupOf = new Uint8Array(counts.length).fill(NO_GROUP);
  frequent.forEach((code, group) => {
    groupOf[code] = group;
  });
  const own = new Uint8Array(rows.length);
  for (let i = 0; i < own.length; i++) own[i] = groupOf[codes[rows[i]!]! + 1]!;
  return {
    feature: name,
    codes: own,
    terms: frequent.map((code) => ({ feature: name, value: code === 0 ? null : dictionary[code - 1]! })),
    dropped: counts.reduce((sum, count) => sum + (count > 0 && count < minimumN ? 1 : 0), 0),
  };
}

function byNumber(
  { name, values, time = false }: Extract<EvaluationColumn, { kind: "numerical" }>,
  rows: Uint32Array,
): Groups {
  const own = new Float64Array(rows.length);
  for (let i = 0; i < own.length; i++) own[i] = values[rows[i]!]!;
  own.sort();
  const missingFrom = own.findIndex(Number.isNaN);
  const present = missingFrom < 0 ? own : own.subarray(0, missingFrom);
  const terms = present.length === 0 ? [] : termsOf(name, present, time);
  const lows = Float64Array.from(terms, (term) => term.low!);
  const missing = terms.length;
  if (present.length < own.length) terms.push({ feature: name, value: null });
  const codes = new Uint8Array(rows.length);
  for (let i = 0; i < codes.length; i++) {
    const value = values[rows[i]!]!;
    let group = Number.isNaN(value) ? missing : lows.length - 1;
    if (group < missing) while (group > 0 && value < lows[group]!) group--;
    codes[i] = group;
  }
  return { feature: name, codes, terms, dropped: 0 };
}

function termsOf(feature: string, sorted: Float64Array, time: boolean): SliceTerm[] {
  const distinct: number[] = [];
  for (let i = 0; i < sorted.length && distinct.length <= MOST_NUMBERS; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct.push(sorted[i]!);
  }
  if (distinct.length <= MOST_NUMBERS) {
    return distinct.map((value) => ({
      feature,
      value: time ? timeText(value) : String(value),
      low: value,
      high: value,
    }));
  }
  const edges = Array.from({ length: CUTS + 1 }, (_, i) => quantile(sorted, i / CUTS));
  const cuts = edges.filter((edge, i) => i === 0 || edge > edges[i - 1]!);
  const words = time ? writtenTimes(cuts) : written(cuts);
  return cuts.slice(0, -1).map((low, i) => {
    const last = i === cuts.length - 2;
    return {
      feature,
      value: `[${words[i]}, ${words[i + 1]}${last ? "]" : ")"}`,
      low,
      high: cuts[i + 1]!,
    };
  });
}

/** As short as they can be told apart; the exact bounds stand beside them. */
function written(cuts: readonly number[]): string[] {
  for (let digits = 4; digits < 17; digits++) {
    const words = cuts.map((value) => String(Number(value.toPrecision(digits))));
    if (new Set(words).size === cuts.length) return words;
  }
  return cuts.map(String);
}

/** To the day where days tell them apart, else to the minute, else whole. */
function writtenTimes(cuts: readonly number[]): string[] {
  const whole = cuts.map(timeText);
  for (const digits of [10, 16]) {
    const words = whole.map((text) => text.slice(0, digits));
    if (new Set(words).size === cuts.length) return words;
  }
  return whole;
}

function keepLarge({ feature, codes, terms }: Groups, minimumN: number): Groups {
  const counts = new Uint32Array(256);
  for (const code of codes) counts[code]!++;
  const groupOf = new Uint8Array(256).fill(NO_GROUP);
  const kept = terms.filter((_, code) => counts[code]! >= minimumN);
  let next = 0;
  terms.forEach((_, code) => {
    if (counts[code]! >= minimumN) groupOf[code] = next++;
  });
  for (let i = 0; i < codes.length; i++) codes[i] = groupOf[codes[i]!]!;
  return { feature, codes, terms: kept, dropped: terms.length - kept.length };
}

/** Whether a value lies in a term's range; the last range, written with "]", has its upper edge. */
export function inRange(value: number, { low, high, value: text }: SliceTerm): boolean {
  if (low === undefined || high === undefined) return false;
  return value >= low && (value < high || (value === high && (low === high || text?.endsWith("]") === true)));
}
