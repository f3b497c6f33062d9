import { Readable } from "node:stream";
import Papa from "papaparse";
import { TidemarkError } from "@/lib/errors";
import { readCsvCell } from "./cell";
import type { Table, TableColumn } from "./table";
import { decodeText } from "./text";

const PIECE = 128 * 1024;
/** 2,000 columns of 500 characters. What has not ended by then is read again with every piece that comes. */
const LONGEST_ROW = 1024 * 1024;

/** Reads a CSV file with a header into the table, in constant memory beside the table's own. */
export async function readCsv(bytes: AsyncIterable<Uint8Array>, table: Table): Promise<void> {
  let header: (TableColumn | null)[] | null = null;
  let width = 0;
  let index = 0;
  const addRow = (cells: string[]) => {
    if (cells.length === 1 && cells[0]!.trim() === "") return;
    if (header === null) {
      checkHeader(cells);
      width = cells.length;
      header = cells.map((name) => table.column(name.trim()));
      return;
    }
    const place = index++;
    if (cells.length !== width) {
      table.reject(place, `the row has ${cells.length} cells and the header ${width}`);
      return;
    }
    const row: [TableColumn, ReturnType<typeof readCsvCell>][] = [];
    for (let i = 0; i < width; i++) if (header[i]) row.push([header[i]!, readCsvCell(cells[i]!)]);
    table.add(place, row);
  };
  await parseCsv(bytes, addRow, () => index);
  if (header === null) throw new TidemarkError("bad_request", "the file is empty: send a header and rows");
}

function parseCsv(
  bytes: AsyncIterable<Uint8Array>,
  addRow: (cells: string[]) => void,
  rowNumber: () => number,
): Promise<void> {
  const text = Readable.from(gather(decodeText(bytes)));
  let pieces = 0;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      text.destroy();
      reject(error);
    };
    text.once("error", fail);
    Papa.parse<string[]>(text, {
      skipEmptyLines: true,
      chunk: ({ data, errors }, parser) => {
        try {
          const quotes = errors.find((error) => error.type === "Quotes");
          for (const cells of data) addRow(cells);
          pieces = data.length > 0 ? 0 : pieces + 1;
          if (pieces * PIECE > LONGEST_ROW) {
            throw new TidemarkError(
              "bad_request",
              `a row is longer than 1 MiB near row ${rowNumber()}: end lines with LF or CRLF, and close every quote`,
            );
          }
          if (quotes) {
            throw new TidemarkError(
              "bad_request",
              `a quoted cell is not closed properly near row ${rowNumber()}: write a quote inside quotes twice`,
            );
          }
        } catch (error) {
          // First: aborting completes the parse.
          fail(error);
          parser.abort();
        }
      },
      complete: () => resolve(),
      error: fail,
    });
  });
}

/** Line ends and delimiter are guessed from the first piece, which must therefore be a good one. */
async function* gather(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of text) {
    held += piece;
    if (held.length < PIECE) continue;
    yield held;
    held = "";
  }
  if (held !== "") yield held;
}

function checkHeader(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names.map((cell) => cell.trim())) {
    if (seen.has(name) && name !== "") {
      throw new TidemarkError(
        "bad_request",
        `the header names "${name}" twice: rename or drop one of the columns`,
      );
    }
    seen.add(name);
  }
}
