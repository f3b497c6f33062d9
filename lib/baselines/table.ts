import { TidemarkError } from "@/lib/errors";
import type { VersionRecord } from "@/lib/models/store";
import { checkName } from "@/lib/predictions/infer";
import type { Rejection } from "@/lib/predictions/schema";
import type { Cell } from "./cell";
import { ColumnBuilder } from "./column-builder";

export const MOST_BASELINE_ROWS = 5_000_000;
/** Cells held in memory while a file is read: 8 bytes each. */
const MOST_CELLS = 100_000_000;
const MOST_COLUMNS = 2_000;
/** Names of columns, those left out included. */
const MOST_NAMES = 10_000;
/** Different texts over all columns together. */
const MOST_WORDS = 2_000_000;
const MOST_REJECTIONS = 1_000;

export type Role = "feature" | "segment" | "prediction" | "score" | "label";
export type TableColumn = { role: Role; name: string; builder: ColumnBuilder };

/** Columns of a log that describe the row, not the model's input. */
const ROW_COLUMNS = /^(id|prediction_id|timestamp|latency_ms|error|index|Unnamed: \d+|)$/;

/**
 * A baseline file, gathered column by column. Rows that break the version's schema are listed and left out; names it
 * does not know are left out; a version without a schema gets the file's.
 */
export class Table {
  readonly columns: TableColumn[] = [];
  readonly rejected: Rejection[] = [];
  rejectedTotal = 0;
  rows = 0;
  /** Names left out. */
  readonly unknown = new Set<string>();
  readonly ignored = new Set<string>();
  readonly #byName = new Map<string, TableColumn | null>();

  constructor(readonly record: VersionRecord) {}

  /** The column of a name in the file; null = it is left out. */
  column(name: string): TableColumn | null {
    let column = this.#byName.get(name);
    if (column === undefined) {
      if (this.#byName.size >= MOST_NAMES) {
        throw new TidemarkError(
          "too_large",
          `the file names more columns than can be told apart, the limit is ${MOST_NAMES}: leave out what is no feature`,
        );
      }
      column = this.#resolve(name);
      if (column) this.columns.push(column);
      this.#byName.set(name, column);
    }
    return column;
  }

  /** Adds a row, or lists why not. Columns it does not name are missing. */
  add(index: number, cells: readonly (readonly [TableColumn, Cell])[]): void {
    for (const [column, cell] of cells) {
      const wrong = column.builder.check(cell) || checkScore(column, cell);
      if (wrong) {
        this.reject(index, `${column.role === "segment" ? `segment.${column.name}` : column.name}: ${wrong}`);
        return;
      }
    }
    this.checkCells(this.rows + 1, this.columns.length);
    if (this.rows % 10_000 === 9_999) this.#checkWords();
    for (const [column, cell] of cells) {
      fill(column, this.rows);
      if (column.builder.values.length === this.rows) column.builder.add(cell);
    }
    this.rows++;
  }

  /** @throws TidemarkError `too_large` for more than is held in memory. */
  checkCells(rows: number, columns: number): void {
    if (rows <= MOST_BASELINE_ROWS && rows * columns <= MOST_CELLS) return;
    throw new TidemarkError(
      "too_large",
      `the file has ${rows} rows of ${columns} columns or more: send a random sample, ${(100_000).toLocaleString("en-US")} rows make bins as good as any`,
    );
  }

  reject(index: number, error: string): void {
    this.rejectedTotal++;
    if (this.rejected.length < MOST_REJECTIONS) this.rejected.push({ index, id: null, error });
  }

  /** Ends the table. @throws TidemarkError `bad_request` when nothing in it can be used */
  finish(): void {
    if (this.columns.length === 0) {
      const has = this.record.columns
        .map((column) => `"${column.name}"`)
        .slice(0, 20)
        .join(", ");
      const names = [...this.unknown, ...this.ignored]
        .map((name) => `"${name}"`)
        .slice(0, 20)
        .join(", ");
      throw new TidemarkError(
        "bad_request",
        names
          ? `none of the file's columns (${names}) is a column of version "${this.record.version}"${has ? `, which has ${has}` : ""}: name them alike, or put the baseline under a new version`
          : "the file has no columns: send a header and rows",
      );
    }
    if (this.rows === 0) {
      throw new TidemarkError(
        "bad_request",
        this.rejectedTotal > 0
          ? `none of the ${this.rejectedTotal} rows can be kept; the first: ${this.rejected[0]!.error}`
          : "the file has a header but no rows: send at least one",
        { details: this.rejected.slice(0, 20) },
      );
    }
    for (const column of this.columns) fill(column, this.rows);
  }

  #checkWords(): void {
    const words = this.columns.reduce((sum, { builder }) => sum + builder.words.length, 0);
    if (words <= MOST_WORDS) return;
    throw new TidemarkError(
      "too_large",
      `the file has more than ${MOST_WORDS} different texts: leave out columns that identify rows, or send a random sample`,
    );
  }

  #resolve(name: string): TableColumn | null {
    const { record } = this;
    const known = record.columns.find((column) => column.role === "feature" && column.name === name);
    if (known) return { role: "feature", name, builder: new ColumnBuilder(known.type) };
    if (name === "score") return { role: "score", name, builder: new ColumnBuilder("numerical") };
    if (name === "prediction" || name === "label") {
      const type = record.task === null ? null : record.task === "regression" ? "numerical" : "categorical";
      return { role: name, name, builder: new ColumnBuilder(type) };
    }
    if (name.startsWith("segment.") && !checkName(name.slice(8))) {
      return { role: "segment", name: name.slice(8), builder: new ColumnBuilder("categorical") };
    }
    if (ROW_COLUMNS.test(name)) this.ignored.add(name);
    else if (record.columns.some((column) => column.role === "feature") || checkName(name))
      this.unknown.add(name);
    else if (this.columns.length < MOST_COLUMNS) {
      return { role: "feature", name, builder: new ColumnBuilder(null) };
    } else this.unknown.add(name);
    return null;
  }
}

/** Earlier rows did not name the column: missing. */
function fill({ builder }: TableColumn, rows: number): void {
  while (builder.values.length < rows) builder.add({ kind: "missing" });
}

function checkScore({ role }: TableColumn, cell: Cell): string {
  if (role !== "score" || cell.kind !== "number" || (cell.value >= 0 && cell.value <= 1)) return "";
  return `expected a probability from 0 to 1, got ${cell.text}`;
}
