import Papa from "papaparse";
import { breathe } from "@/lib/baselines/breathe";
import { decodeText } from "@/lib/baselines/text";
import type { DataTable } from "./columns";
import { checkSize, damaged, MOST_COLUMNS } from "./limits";
import { TypedColumn } from "./typed-column";

/** So much text is parsed at a time. */
const PIECE = 1024 * 1024;
/** A row that has not ended by then never will: a quote is not closed, or the lines end in nothing that is known. */
const LONGEST_ROW = 8 * 1024 * 1024;

type Parsed = { data: string[][]; errors: { type: string; row?: number }[]; meta: { cursor: number } };

/** Reads a CSV file with a header, piece by piece, in the browser and in Node alike. Rows are numbered from 1, the header 0. */
export async function readCsv(file: string, bytes: AsyncIterable<Uint8Array>): Promise<DataTable> {
  const reader = new CsvReader(file);
  let held = "";
  for await (const text of decodeText(bytes)) {
    held += text;
    if (held.length < PIECE) continue;
    held = reader.read(held, false);
    if (held.length > LONGEST_ROW) throw reader.endless();
    await breathe();
  }
  reader.read(held, true);
  return reader.finish();
}

class CsvReader {
  readonly #file: string;
  readonly #words = { count: 0 };
  #parser: { delimiter: string; newline: "\r" | "\n" | "\r\n" } | null = null;
  #columns: TypedColumn[] | null = null;
  #rows = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** @returns what is left: the beginning of a row that goes on */
  read(text: string, isLast: boolean): string {
    if (text === "") return "";
    if (this.#columns === null) this.#checkHead(text);
    this.#parser ??= guess(text);
    const { data, errors, meta } = new Papa.Parser(this.#parser).parse(text, 0, !isLast) as Parsed;
    const quotes = errors.find(({ type }) => type === "Quotes");
    if (quotes) {
      throw damaged(
        this.#file,
        `near row ${this.#rows + (quotes.row ?? 0)} a quoted cell is not closed properly`,
        "write a quote inside quotes twice",
      );
    }
    for (const cells of data) this.#add(cells);
    return isLast ? "" : text.slice(meta.cursor);
  }

  endless() {
    return damaged(
      this.#file,
      `after row ${this.#rows} comes one that is longer than 8 MiB`,
      "end lines with LF or CRLF, and close every quote",
    );
  }

  finish(): DataTable {
    if (this.#columns === null) throw damaged(this.#file, "it is empty", "give a header and rows");
    if (this.#rows === 0) throw damaged(this.#file, "it has a header but no rows", "give at least one");
    return { rows: this.#rows, columns: this.#columns.map((column) => column.finish()) };
  }

  /** Before anything is parsed: a header of a million columns would take long and much memory. */
  #checkHead(text: string): void {
    const end = text.search(/[\r\n]/);
    const head = end < 0 ? text : text.slice(0, end);
    if (head.length < MOST_COLUMNS) return;
    for (const delimiter of [",", ";", "\t", "|"]) {
      let columns = 1;
      for (let at = head.indexOf(delimiter); at >= 0; at = head.indexOf(delimiter, at + 1)) columns++;
      // Within quotes a delimiter separates nothing: four times as many leave room for that.
      if (columns > 4 * MOST_COLUMNS) checkSize(this.#file, { rows: 1, columns });
    }
  }

  #add(cells: string[]): void {
    if (cells.length === 1 && cells[0]!.trim() === "") return;
    if (this.#columns === null) {
      this.#columns = this.#header(cells.map((name) => name.trim()));
      return;
    }
    const columns = this.#columns;
    this.#rows++;
    if (cells.length !== columns.length) {
      throw damaged(
        this.#file,
        `row ${this.#rows} has ${cells.length} cells and the header ${columns.length}`,
        "give each row as many cells as the header, and put cells with a delimiter in quotes",
      );
    }
    if (this.#rows % 1000 === 1) checkSize(this.#file, { rows: this.#rows, columns: columns.length });
    for (let i = 0; i < columns.length; i++) columns[i]!.addCell(cells[i]!, this.#rows);
  }

  #header(names: string[]): TypedColumn[] {
    checkSize(this.#file, { rows: 1, columns: names.length });
    checkNames(this.#file, names);
    return names.map((name) => new TypedColumn({ file: this.#file, name, words: this.#words }));
  }
}

/** Line ends and delimiter, from the first lines. */
function guess(text: string): { delimiter: string; newline: "\r" | "\n" | "\r\n" } {
  const { meta } = Papa.parse(text.slice(0, PIECE), { preview: 10, skipEmptyLines: true });
  const newline = meta.linebreak === "\r" || meta.linebreak === "\r\n" ? meta.linebreak : "\n";
  return { delimiter: meta.delimiter || ",", newline };
}

/** @throws TidemarkError for names that cannot be told apart, or are none */
export function checkNames(file: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const [place, name] of names.entries()) {
    // pandas writes its index without a name.
    if (name === "" && place > 0) throw damaged(file, `column ${place + 1} has no name`, "name every column");
    if (seen.has(name)) throw damaged(file, `two columns are named "${name}"`, "rename or drop one of them");
    seen.add(name);
  }
}
