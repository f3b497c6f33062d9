import type { FileMetaData } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";

/** No writer makes pages that are larger once unpacked; the reader takes the memory before it looks. */
const LARGEST_PAGE_BYTES = 256 * 1024 * 1024;
/** Beyond this the walk itself would take long. */
const MOST_PAGES = 200_000;

/**
 * Holds what a file's pages say of themselves against what its index says. The reader believes them: a file of 117 bytes
 * whose one page claims two billion values took it 90 seconds and 8 GB.
 * @throws Error that says which column does not fit
 */
export function checkPages(file: ArrayBuffer, metadata: FileMetaData, mostValues: number): void {
  let pages = 0;
  for (const group of metadata.row_groups) {
    for (const { meta_data: column } of group.columns) {
      if (!column) continue;
      const name = column.path_in_schema.join(".");
      const start = Number(column.dictionary_page_offset || column.data_page_offset);
      const length = Number(column.total_compressed_size);
      if (!(start >= 0 && length >= 0 && start + length <= file.byteLength)) {
        throw new Error(`column ${name} lies beyond the end of the file`);
      }
      const reader = { view: new DataView(file, start, length), offset: 0 };
      let values = 0;
      while (reader.offset < length - 1) {
        const header = parquetHeader(reader);
        const size = header.compressed_page_size;
        const count =
          (header.data_page_header ?? header.data_page_header_v2 ?? header.dictionary_page_header)
            ?.num_values ?? 0;
        if (!(size >= 0 && reader.offset + size <= length && count >= 0)) {
          throw new Error(`a page of column ${name} lies beyond its end`);
        }
        values += count;
        if (
          values > mostValues ||
          header.uncompressed_page_size > LARGEST_PAGE_BYTES ||
          ++pages > MOST_PAGES
        ) {
          throw new Error(`column ${name} claims ${values} values in ${pages} pages, more than are read`);
        }
        reader.offset += size;
      }
    }
  }
}
