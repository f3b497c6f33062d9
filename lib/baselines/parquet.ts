import { type FileMetaData, parquetMetadata } from "hyparquet";
import { TidemarkError } from "@/lib/errors";
import { breathe } from "./breathe";
import { readTypedCell } from "./cell";
import { checkPages } from "./parquet-pages";
import { readNames, readPieces } from "./parquet-pieces";
import { MOST_BASELINE_ROWS, type Table } from "./table";

/** Parquet keeps its index at the end, so that the whole file is held. */
export const MOST_PARQUET_BYTES = 256 * 1024 * 1024;
const BATCH_ROWS = 20_000;

type Rows = { from: number; to: number };

/** Reads a Parquet file into the table, one row group after the other and in it column by column. */
export async function readParquet(bytes: AsyncIterable<Uint8Array>, table: Table): Promise<void> {
  const file = await gather(bytes);
  const { metadata, names } = await readHead(file);
  const wanted = names.filter((name) => table.column(name));
  // Before anything is unpacked: a small file may hold very many equal values.
  table.checkCells(Number(metadata.num_rows), wanted.length);
  if (wanted.length === 0) return;
  const columns = wanted.map((name) => table.column(name)!);
  let from = 0;
  for (const group of metadata.row_groups) {
    const rows = { from, to: from + Number(group.num_rows) };
    from = rows.to;
    const cells: Cells[] = [];
    for (const name of wanted) {
      cells.push(await readColumn(file, metadata, name, rows));
      await breathe();
    }
    for (let i = rows.from; i < rows.to; i++) {
      if (i % BATCH_ROWS === 0) await breathe();
      table.add(
        i,
        columns.map((column, place) => [column, readTypedCell(cells[place]!(i))] as const),
      );
    }
  }
}

/** A buffer of its own: a Buffer may be part of a pool. */
async function gather(bytes: AsyncIterable<Uint8Array>): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    size += piece.length;
  }
  const file = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    file.set(piece, offset);
    offset += piece.length;
  }
  return file.buffer;
}

async function readHead(file: ArrayBuffer) {
  try {
    const metadata = parquetMetadata(file);
    // A dictionary may have as many values as its column.
    checkPages(file, metadata, 2 * MOST_BASELINE_ROWS);
    return { metadata, names: await readNames(metadata) };
  } catch (error) {
    throw broken(error);
  }
}

/** A column's value by row number in the file. */
type Cells = (row: number) => unknown;

async function readColumn(
  file: ArrayBuffer,
  metadata: FileMetaData,
  name: string,
  { from, to }: Rows,
): Promise<Cells> {
  const pieces = await readPieces(file, metadata, { name, from, to }).catch((error: unknown) => {
    throw broken(error);
  });
  let at = 0;
  return (row) => {
    // Rows are asked for in order, so that the piece is the same or the next one.
    while (at + 1 < pieces.length && row >= pieces[at + 1]!.rowStart) at++;
    const piece = pieces[at];
    return piece?.columnData[row - piece.rowStart];
  };
}

function broken(cause: unknown): TidemarkError {
  return new TidemarkError(
    "bad_request",
    `the file cannot be read as Parquet (${String((cause as Error).message).slice(0, 200)}): write it anew, or send CSV`,
    { cause },
  );
}
