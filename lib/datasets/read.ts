import { readArrow } from "./arrow";
import type { DataTable } from "./columns";
import { readCsv } from "./csv";
import { checkBytes, MOST_BINARY_BYTES, MOST_CSV_BYTES } from "./limits";
import { readParquet } from "./parquet";
import type { DatasetFormat } from "./schema";

/** So many first bytes tell the format. */
const HEAD = 6;

/**
 * Reads a dataset into typed columns, in the browser (`file.stream()`) and in Node through the same code. The format is
 * told by the first bytes: Parquet and Arrow say so, anything else is CSV.
 *
 * @param file its name, for messages
 * @throws TidemarkError that names file, row, column and remedy: `bad_request` for a file that cannot be read, `too_large`
 *   for one beyond the limits (limits.ts)
 */
export async function readDataset(
  file: string,
  bytes: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
): Promise<{ format: DatasetFormat; table: DataTable }> {
  const source = iterate(bytes);
  const head: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD) {
    const { done, value } = await source.next();
    if (done) break;
    head.push(value);
    size += value.length;
  }
  const format = formatOf(concat(head));
  if (format === "csv") return { format, table: await readCsv(file, limited(file, head, source)) };
  const whole = await gather(file, head, source);
  const table = await (format === "parquet" ? readParquet(file, whole.buffer) : readArrow(file, whole));
  return { format, table };
}

/** What the first bytes of a file say that it is. An Arrow stream begins with a continuation mark. */
export function formatOf(head: Uint8Array): DatasetFormat {
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);
  if (starts(0x50, 0x41, 0x52, 0x31)) return "parquet";
  if (starts(0x41, 0x52, 0x52, 0x4f, 0x57, 0x31) || starts(0xff, 0xff, 0xff, 0xff)) return "arrow";
  return "csv";
}

/** A browser's streams cannot be iterated everywhere. */
async function* iterate(
  bytes: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array, undefined> {
  if (!("getReader" in bytes)) {
    yield* bytes;
    return;
  }
  const reader = bytes.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function* limited(
  file: string,
  head: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  const counted = (piece: Uint8Array) => {
    size += piece.length;
    checkBytes(file, size, MOST_CSV_BYTES);
    return piece;
  };
  for (const piece of head) yield counted(piece);
  for await (const piece of rest) yield counted(piece);
}

async function gather(
  file: string,
  head: readonly Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces = [...head];
  let size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  for await (const piece of rest) {
    size += piece.length;
    checkBytes(file, size, MOST_BINARY_BYTES);
    pieces.push(piece);
  }
  return concat(pieces);
}

function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
