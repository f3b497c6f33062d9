import { parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import Papa from "papaparse";
import type { EvaluationColumn } from "./input";
import { quoted, refused } from "./model-files";

export type Rows = { rows: number; columns: EvaluationColumn[] };

/** Reads a dataset into columns: numbers where every value is one, else categories. */
export async function readRows(bytes: Uint8Array, name: string): Promise<Rows> {
  const records = isParquet(bytes) ? await readParquet(bytes) : readCsv(bytes, name);
  if (records.length === 0) throw refused(`${quoted(name)} has no rows: choose another file`);
  const names = Object.keys(records[0]!);
  return { rows: records.length, columns: names.map((each) => toColumn(each, records)) };
}

const isParquet = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(0, 4)) === "PAR1";

type Cells = Record<string, unknown>;

async function readParquet(bytes: Uint8Array): Promise<Cells[]> {
  const file = new Uint8Array(bytes).buffer;
  const metadata = await parquetMetadataAsync(file);
  return parquetReadObjects({ file, metadata, compressors });
}

function readCsv(bytes: Uint8Array, name: string): Cells[] {
  const { data, errors } = Papa.parse<Cells>(new TextDecoder().decode(bytes), {
    header: true,
    skipEmptyLines: true,
  });
  if (errors.length > 0)
    throw refused(`${quoted(name)} cannot be read: ${errors[0]!.message} (row ${errors[0]!.row})`);
  return data;
}

function toColumn(name: string, records: readonly Cells[]): EvaluationColumn {
  const values = new Float64Array(records.length);
  const isNumber = records.every((record, row) => {
    const cell = record[name];
    if (cell === null || cell === undefined || cell === "") values[row] = Number.NaN;
    else if (typeof cell === "boolean") return false;
    else {
      values[row] = Number(cell);
      if (Number.isNaN(values[row])) return false;
    }
    return true;
  });
  if (isNumber) return { kind: "numerical", name, values };
  const places = new Map<string, number>();
  const codes = Int32Array.from(records, (record) => {
    const cell = record[name];
    if (cell === null || cell === undefined || cell === "") return -1;
    const text = String(cell);
    if (!places.has(text)) places.set(text, places.size);
    return places.get(text)!;
  });
  return { kind: "categorical", name, codes, dictionary: [...places.keys()] };
}
