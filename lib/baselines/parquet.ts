import { parquetMetadata, parquetRead, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { TidemarkError } from "@/lib/errors";
import { readTypedCell } from "./cell";
import { MOST_BASELINE_ROWS, type Table } from "./table";

/** Parquet keeps its index at the end, so that the whole file is held. */
export const MOST_PARQUET_BYTES = 256 * 1024 * 1024;
const BATCH_ROWS = 20_000;

export async function readParquet(bytes: Uint8Array, table: Table): Promise<void> {
  // A copy: the reader wants an ArrayBuffer of its own, and a Buffer may be part of a pool.
  const file = new Uint8Array(bytes).buffer as ArrayBuffer;
  const { metadata, names } = readHead(file);
  const total = Number(metadata.num_rows);
  if (total > MOST_BASELINE_ROWS) {
    throw new TidemarkError(
      "too_large",
      `the file has ${total} rows, the limit is ${MOST_BASELINE_ROWS}: send a random sample`,
    );
  }
  const columns = names.map((name) => table.column(name));
  const wanted = names.filter((_, i) => columns[i]);
  if (wanted.length === 0) return;
  const kept = columns.filter((column) => column !== null);
  table.checkCells(total, kept.length);
  for (let from = 0; from < total; from += BATCH_ROWS) {
    const rows = await readRows(file, {
      metadata,
      columns: wanted,
      rowStart: from,
      rowEnd: Math.min(total, from + BATCH_ROWS),
    });
    rows.forEach((row, i) => {
      table.add(
        from + i,
        kept.map((column, place) => [column, readTypedCell(row[place])] as const),
      );
    });
    // The reader awaits nothing but memory: others get their turn here.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function readHead(file: ArrayBuffer) {
  try {
    const metadata = parquetMetadata(file);
    const names = parquetSchema(metadata).children.map((child) => child.element.name);
    return { metadata, names };
  } catch (error) {
    throw broken(error);
  }
}

async function readRows(
  file: ArrayBuffer,
  options: {
    metadata: ReturnType<typeof parquetMetadata>;
    columns: string[];
    rowStart: number;
    rowEnd: number;
  },
): Promise<unknown[][]> {
  let read: unknown[][] = [];
  try {
    await parquetRead({
      file,
      compressors,
      ...options,
      onComplete: (rows: unknown[][]) => {
        read = rows;
      },
    });
  } catch (error) {
    throw broken(error);
  }
  return read;
}

function broken(cause: unknown): TidemarkError {
  return new TidemarkError(
    "bad_request",
    `the file cannot be read as Parquet (${String((cause as Error).message).slice(0, 200)}): write it anew, or send CSV`,
    { cause },
  );
}
