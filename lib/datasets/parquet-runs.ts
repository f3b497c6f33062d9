import type { Compressors, FileMetaData } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { decompressPage } from "hyparquet/src/datapage.js";
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getSchemaPath } from "hyparquet/src/schema.js";

/** Writers fill the last bit-packed run of a page up. */
const SLACK = 4096;

type Cursor = { view: DataView; offset: number };

/**
 * Holds the runs of each page against the number of its values. The reader fills an array as far as a run claims to go, and
 * one that claims a thousand million values ends the process, in a browser the tab. Pages are unpacked once more for this.
 * @throws Error that says which column does not fit
 */
export function checkRuns(file: ArrayBuffer, metadata: FileMetaData, compressors: Compressors): void {
  for (const group of metadata.row_groups) {
    for (const { meta_data: column } of group.columns) {
      if (!column) continue;
      const path = getSchemaPath(metadata.schema, column.path_in_schema);
      const levels = [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)].map(bitsOf) as [
        number,
        number,
      ];
      const start = Number(column.dictionary_page_offset || column.data_page_offset);
      const length = Number(column.total_compressed_size);
      const reader = { view: new DataView(file, start, length), offset: 0 };
      while (reader.offset < length - 1) {
        const header = parquetHeader(reader);
        const bytes = new Uint8Array(file, start + reader.offset, header.compressed_page_size);
        reader.offset += header.compressed_page_size;
        const unpack = (packed: Uint8Array, size: number) =>
          decompressPage(packed, size, column.codec, compressors);
        const name = column.path_in_schema.join(".");
        if (header.data_page_header) {
          const { num_values: n, encoding } = header.data_page_header;
          const cursor = cursorOf(unpack(bytes, header.uncompressed_page_size));
          for (const width of levels) if (width > 0) walkPrefixed(cursor, { width, n, name });
          walkValues(cursor, { encoding, type: column.type, n, name });
        } else if (header.data_page_header_v2) {
          const page = header.data_page_header_v2;
          const sizes = [page.repetition_levels_byte_length, page.definition_levels_byte_length] as const;
          const n = page.num_values;
          let at = 0;
          for (const [i, size] of sizes.entries()) {
            if (levels[i]! > 0) walk(cursorOf(bytes.subarray(at, at + size)), { width: levels[i]!, n, name });
            at += size;
          }
          const packed = bytes.subarray(at);
          const values =
            page.is_compressed === false ? packed : unpack(packed, header.uncompressed_page_size - at);
          walkValues(cursorOf(values), { encoding: page.encoding, type: column.type, n, name });
        }
      }
    }
  }
}

const bitsOf = (level: number) => Math.ceil(Math.log2(level + 1));

const cursorOf = (bytes: Uint8Array): Cursor => ({
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  offset: 0,
});

type Runs = { width: number; n: number; name: string };

function walkValues(
  cursor: Cursor,
  { encoding, type, n, name }: { encoding: string; type: string; n: number; name: string },
): void {
  if (encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY") {
    if (cursor.offset >= cursor.view.byteLength) return;
    const width = cursor.view.getUint8(cursor.offset++);
    if (width > 0) walk(cursor, { width, n, name });
  } else if (encoding === "RLE" && type === "BOOLEAN") walkPrefixed(cursor, { width: 1, n, name });
}

/** Runs after the number of their bytes. */
function walkPrefixed(cursor: Cursor, runs: Runs): void {
  if (cursor.offset + 4 > cursor.view.byteLength) return;
  const size = cursor.view.getUint32(cursor.offset, true);
  const start = cursor.offset + 4;
  cursor.offset = start;
  walk(cursor, runs);
  cursor.offset = start + size;
}

function walk(cursor: Cursor, { width, n, name }: Runs): void {
  let seen = 0;
  while (seen < n && cursor.offset < cursor.view.byteLength) {
    const header = varint(cursor);
    const count = header % 2 === 1 ? Math.floor(header / 2) * 8 : header / 2;
    if (count > n + SLACK) {
      throw new Error(`a run of column ${name} claims ${count} values in a page of ${n}`);
    }
    cursor.offset += header % 2 === 1 ? (count / 8) * width : Math.ceil(width / 8);
    seen += count;
  }
}

function varint(cursor: Cursor): number {
  let value = 0;
  for (let shift = 1; cursor.offset < cursor.view.byteLength; shift *= 128) {
    const byte = cursor.view.getUint8(cursor.offset++);
    value += (byte % 128) * shift;
    if (byte < 128) break;
  }
  return value;
}
