import { TidemarkError } from "@/lib/errors";

/** CSV is read as a stream; Parquet and Arrow are held whole. */
export const MOST_CSV_BYTES = 1024 ** 3;
export const MOST_BINARY_BYTES = 256 * 1024 ** 2;
export const MOST_ROWS = 5_000_000;
export const MOST_COLUMNS = 2_000;
/** 8 bytes each in memory. */
export const MOST_CELLS = 150_000_000;
/** Different texts of all columns together. */
export const MOST_WORDS = 2_000_000;
export const LONGEST_CELL = 10_000;

/** What is being read, for messages. */
export type FileName = string;

export const damaged = (file: FileName, why: string, remedy: string, cause?: unknown) =>
  new TidemarkError("bad_request", `${file}: ${why}: ${remedy}`, { cause });

const tooLarge = (file: FileName, why: string, remedy: string) =>
  new TidemarkError("too_large", `${file}: ${why}: ${remedy}`);

/** @throws TidemarkError `too_large` for more than is held in memory; asked before anything is unpacked */
export function checkSize(file: FileName, { rows, columns }: { rows: number; columns: number }): void {
  if (columns > MOST_COLUMNS) {
    throw tooLarge(
      file,
      `it has ${columns.toLocaleString("en-US")} columns or more, at most ${MOST_COLUMNS.toLocaleString("en-US")} are read`,
      "keep the label and what the model reads",
    );
  }
  if (rows > MOST_ROWS || rows * columns > MOST_CELLS) {
    throw tooLarge(
      file,
      `it has ${rows.toLocaleString("en-US")} rows of ${columns} columns or more, which is more than is held in memory`,
      "take a random sample; some 100,000 rows tell models apart",
    );
  }
}

/** @throws TidemarkError `too_large` */
export function checkBytes(file: FileName, bytes: number, most: number): void {
  if (bytes <= most) return;
  throw tooLarge(
    file,
    `it is larger than ${Math.round(most / 1024 ** 2)} MiB`,
    "take a random sample of its rows",
  );
}

/** @throws TidemarkError `too_large` */
export function checkWords(file: FileName, column: string, words: number): void {
  if (words <= MOST_WORDS) return;
  throw tooLarge(
    file,
    `its columns hold more than ${MOST_WORDS.toLocaleString("en-US")} different texts, many of them in "${column}"`,
    "leave out columns that identify rows",
  );
}
