import type { EvaluationColumn } from "./input";
import { timeText } from "./time-text";
import type { ColumnFacts } from "./worker-calls";

/** Numbers of so few different values may be categories: hours of a day, days of a month. */
const FEW = 64;
const MOST_CATEGORIES = 2_000;
const SAMPLE = 5;

/** What a person has to know of a column to map it. O(rows). */
export function describeColumn(column: EvaluationColumn): ColumnFacts {
  const { name, kind } = column;
  const sample: string[] = [];
  const rows = column.kind === "numerical" ? column.values.length : column.codes.length;
  for (let row = 0; row < rows && sample.length < SAMPLE; row++) {
    const text = cellText(column, row);
    if (text !== "") sample.push(text);
  }
  if (column.kind === "categorical") {
    const counts = new Float64Array(column.dictionary.length);
    let missing = 0;
    for (const code of column.codes) {
      if (code < 0) missing++;
      else counts[code]!++;
    }
    const order = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]!);
    const categories = order.length > MOST_CATEGORIES ? null : order.map((code) => column.dictionary[code]!);
    return { name, kind, missing, range: null, categories, sample };
  }
  const different = new Map<number, number>();
  let n = 0;
  let mean = 0;
  let squares = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    n++;
    const apart = value - mean;
    mean += apart / n;
    squares += apart * (value - mean);
    min = Math.min(min, value);
    max = Math.max(max, value);
    if (different.size <= FEW) different.set(value, (different.get(value) ?? 0) + 1);
  }
  const categories = different.size > FEW ? null : [...different.keys()].sort((a, b) => a - b).map(String);
  const range = n === 0 ? null : { min, max, mean, deviation: Math.sqrt(squares / n) };
  return { name, kind, missing: column.values.length - n, range, categories, sample };
}

/** A cell as a person reads it; "" = missing. */
export function cellText(column: EvaluationColumn, row: number): string {
  if (column.kind === "categorical") return column.dictionary[column.codes[row]!] ?? "";
  const value = column.values[row]!;
  if (Number.isNaN(value)) return "";
  return column.time ? timeText(value) : String(value);
}
