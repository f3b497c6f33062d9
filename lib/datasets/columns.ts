import type { EvaluationColumn } from "@/lib/evaluate/input";

/** One column of a dataset, read into memory: a value a row. */
export type DataColumn =
  /** Missing: NaN. Timestamps are milliseconds since 1970 in UTC, booleans 0 and 1. */
  | { name: string; type: "number" | "timestamp" | "boolean"; values: Float64Array }
  /** Places in the dictionary; missing: −1. */
  | { name: string; type: "category"; codes: Int32Array; dictionary: string[] };

export type DataTable = { rows: number; columns: DataColumn[] };

const FLAGS = ["false", "true"];

/** A column to slice by: booleans are the categories "false" and "true", timestamps are numbers, written as times. O(rows). */
export function evaluationColumn(column: DataColumn): EvaluationColumn {
  const { name } = column;
  if (column.type === "category") {
    return { kind: "categorical", name, codes: column.codes, dictionary: column.dictionary };
  }
  if (column.type !== "boolean") {
    return { kind: "numerical", name, values: column.values, time: column.type === "timestamp" };
  }
  const codes = Int32Array.from(column.values, (value) => (Number.isNaN(value) ? -1 : value));
  return { kind: "categorical", name, codes, dictionary: FLAGS };
}
