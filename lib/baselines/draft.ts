import type { FeatureType, Task } from "@/lib/models/schema";
import type { VersionRecord } from "@/lib/models/store";
import type { Rejection } from "@/lib/predictions/schema";
import { readCsv } from "./csv";
import { HeldColumns } from "./held-columns";
import { readNdjson } from "./ndjson";
import { readParquet } from "./parquet";
import { type Role, Table, type TableColumn } from "./table";

export type FileKind = "csv" | "ndjson" | "parquet";

/** What a baseline file says, without its values. */
export type Outline = {
  rows: number;
  rejected: Rejection[];
  rejectedTotal: number;
  /** Names left out: not in the version's schema, and such as describe the row. */
  unknown: string[];
  ignored: string[];
  columns: {
    role: Role;
    name: string;
    found: FeatureType | null;
    /** Different texts; values hold their places. */
    words: string[];
    /** Too many different values for a category. */
    overflowing: boolean;
  }[];
  /** The format does not tell a number from a text: "1.0" may be either. */
  untyped: boolean;
  /** What predictions and labels are read as where the model does not know it yet; null = it does, or there are none. */
  task: Task | null;
};

/** Where a column of the outline goes, and the code of each of its words. */
export type Placement = {
  column: number;
  featureId: number;
  /** null: values are numbers, or (blank) cannot be read at all. */
  codes: Float64Array | null;
  blank: boolean;
};

/** Reads a file in this process; afterwards its columns can be placed. */
export class Draft {
  readonly #table: Table;

  constructor(record: VersionRecord) {
    this.#table = new Table(record);
  }

  /** @throws TidemarkError for a file nothing of which can be kept, or beyond the limits */
  async read(kind: FileKind, bytes: AsyncIterable<Uint8Array>): Promise<Outline> {
    const table = this.#table;
    await { csv: readCsv, ndjson: readNdjson, parquet: readParquet }[kind](bytes, table);
    table.finish();
    const task = readOutcome(table);
    return {
      rows: table.rows,
      rejected: table.rejected,
      rejectedTotal: table.rejectedTotal,
      unknown: [...table.unknown],
      ignored: [...table.ignored],
      columns: table.columns.map(({ role, name, builder }) => ({
        role,
        name,
        found: builder.found,
        words: builder.words,
        overflowing: builder.overflowing,
      })),
      untyped: kind === "csv",
      task,
    };
  }

  /** Turns words into codes. */
  place(placements: readonly Placement[]): HeldColumns {
    return new HeldColumns(
      new Map(
        placements.map(({ column, featureId, codes, blank }) => {
          const values = this.#table.columns[column]!.builder.values.view();
          if (blank) return [featureId, values.fill(Number.NaN)];
          if (codes) for (let i = 0; i < values.length; i++) values[i] = codes[values[i]!] ?? Number.NaN;
          return [featureId, values];
        }),
      ),
    );
  }
}

/** Reads predictions and labels as classes or as numbers, both alike, where the model has no task yet. */
function readOutcome({ record, columns }: Table): Task | null {
  const usable = columns.filter(({ builder }) => !builder.overflowing);
  const outcomes = usable.filter(({ role }) => role === "prediction" || role === "label");
  if (record.task !== null) return null;
  const present = outcomes.filter(({ builder }) => builder.present > 0);
  if (present.length === 0) return null;
  const scored = usable.some(({ role, builder }) => role === "score" && builder.present > 0);
  const classes =
    scored || present.every(isFlag) || present.some(({ builder }) => builder.found === "categorical");
  if (!classes) return "regression";
  for (const { builder } of outcomes) builder.toText();
  return "classification";
}

function isFlag({ builder }: TableColumn): boolean {
  if (builder.found === "categorical") return true;
  return builder.values.view().every((value) => Number.isNaN(value) || value === 0 || value === 1);
}
