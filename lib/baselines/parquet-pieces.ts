import type { FileMetaData } from "hyparquet";

/** Values of one column, from a row of the file on. */
export type Piece = { rowStart: number; columnData: ArrayLike<unknown> };

/** The names of the columns at the top of a file. */
export async function readNames(metadata: FileMetaData): Promise<string[]> {
  const { parquetSchema } = await import("hyparquet");
  return parquetSchema(metadata).children.map((child) => child.element.name);
}

/**
 * One column of the rows `[from, to)` of a Parquet file that is held whole, in the order of its rows. The readers are
 * loaded when they are first wanted: pages and processes that read no Parquet have no need of them.
 */
export async function readPieces(
  file: ArrayBuffer,
  metadata: FileMetaData,
  { name, from, to }: { name: string; from: number; to: number },
): Promise<Piece[]> {
  const [{ parquetRead }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const pieces: Piece[] = [];
  await parquetRead({
    file,
    metadata,
    compressors,
    columns: [name],
    rowStart: from,
    rowEnd: to,
    onChunk: (piece) => pieces.push(piece),
  });
  return pieces.sort((a, b) => a.rowStart - b.rowStart);
}
