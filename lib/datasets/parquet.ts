import type { FileMetaData } from "hyparquet";
import { breathe } from "@/lib/baselines/breathe";
import { checkPages } from "@/lib/baselines/parquet-pages";
import { readNames, readPieces } from "@/lib/baselines/parquet-pieces";
import type { DataTable } from "./columns";
import { checkNames } from "./csv";
import { checkSize, damaged, MOST_ROWS } from "./limits";
import { checkRuns } from "./parquet-runs";
import { TypedColumn } from "./typed-column";

const REMEDY = "write it anew, or give CSV";

/** Reads a Parquet file that is held whole, column by column in each of its row groups. */
export async function readParquet(file: string, bytes: ArrayBuffer): Promise<DataTable> {
  const [{ parquetMetadata }, { compressors }] = await Promise.all([
    import("hyparquet"),
    import("hyparquet-compressors"),
  ]);
  const broken = (cause: unknown) =>
    damaged(
      file,
      `it cannot be read as Parquet (${String((cause as Error).message).slice(0, 200)})`,
      REMEDY,
      cause,
    );
  let metadata: FileMetaData;
  let names: string[];
  try {
    metadata = parquetMetadata(bytes);
    names = await readNames(metadata);
    checkSize(file, { rows: Number(metadata.num_rows), columns: names.length });
    // A dictionary may have as many values as its column.
    checkPages(bytes, metadata, 2 * MOST_ROWS);
    checkRuns(bytes, metadata, compressors);
  } catch (error) {
    throw (error as { code?: string }).code === "too_large" ? error : broken(error);
  }
  checkNames(file, names);
  const rows = Number(metadata.num_rows);
  if (rows === 0 || names.length === 0) throw damaged(file, "it has no rows", "give at least one");
  const words = { count: 0 };
  const columns: TypedColumn[] = [];
  for (const name of names) {
    const column = new TypedColumn({ file, name, words });
    let from = 0;
    for (const group of metadata.row_groups) {
      const to = from + Number(group.num_rows);
      const pieces = await readPieces(bytes, metadata, { name, from, to }).catch((error: unknown) => {
        throw broken(error);
      });
      for (const { rowStart, columnData } of pieces) {
        const first = Math.max(0, column.length - rowStart);
        const last = Math.min(columnData.length, to - rowStart);
        for (let i = first; i < last; i++) column.addValue(columnData[i], rowStart + i + 1);
      }
      if (column.length !== to) {
        throw damaged(file, `column "${name}" ends at row ${column.length} of ${to}`, REMEDY);
      }
      from = to;
      await breathe();
    }
    if (column.length !== rows) {
      throw damaged(file, `its row groups have ${column.length} rows and its index says ${rows}`, REMEDY);
    }
    columns.push(column);
  }
  return { rows, columns: columns.map((column) => column.finish()) };
}
