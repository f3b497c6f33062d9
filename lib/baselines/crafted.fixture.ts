/*
 * The smallest Parquet file that can be written by hand: one optional DOUBLE column `a` in one plain page, whose
 * definition levels are one run. The run may claim more values than the page has, which no writer does and the reader
 * believes.
 */

/* Thrift's compact protocol, as far as a footer needs it. */
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
const zigzag = (value: number): number[] => varint(value * 2);
const text = (value: string): number[] => [...varint(value.length), ...Buffer.from(value)];

const I32 = 5;
const I64 = 6;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

function struct(fields: readonly [id: number, type: number, bytes: number[]][]): number[] {
  const bytes: number[] = [];
  let last = 0;
  for (const [id, type, value] of fields) {
    bytes.push(((id - last) << 4) | type, ...value);
    last = id;
  }
  return [...bytes, 0];
}

const list = (type: number, items: readonly number[][]): number[] => [
  (items.length << 4) | type,
  ...items.flat(),
];

const DOUBLE = 5;
const OPTIONAL = 1;
const PLAIN = 0;
const RLE = 3;
const UNCOMPRESSED = 0;

export function craftParquet({ values, claimed = values }: { values: number; claimed?: number }): Uint8Array {
  const levels = [...varint(claimed * 2), 1];
  const page = [...Buffer.from(Uint32Array.of(levels.length).buffer), ...levels];
  page.push(...Buffer.from(Float64Array.from({ length: values }, (_, i) => i).buffer));
  const header = struct([
    [1, I32, zigzag(0)],
    [2, I32, zigzag(page.length)],
    [3, I32, zigzag(page.length)],
    [
      5,
      STRUCT,
      struct([
        [1, I32, zigzag(values)],
        [2, I32, zigzag(PLAIN)],
        [3, I32, zigzag(RLE)],
        [4, I32, zigzag(RLE)],
      ]),
    ],
  ]);
  const size = header.length + page.length;
  const column = struct([
    [1, I32, zigzag(DOUBLE)],
    [2, LIST, list(I32, [zigzag(PLAIN), zigzag(RLE)])],
    [3, LIST, list(BINARY, [text("a")])],
    [4, I32, zigzag(UNCOMPRESSED)],
    [5, I64, zigzag(values)],
    [6, I64, zigzag(size)],
    [7, I64, zigzag(size)],
    [9, I64, zigzag(4)],
  ]);
  const footer = struct([
    [1, I32, zigzag(1)],
    [
      2,
      LIST,
      list(STRUCT, [
        struct([
          [4, BINARY, text("schema")],
          [5, I32, zigzag(1)],
        ]),
        struct([
          [1, I32, zigzag(DOUBLE)],
          [3, I32, zigzag(OPTIONAL)],
          [4, BINARY, text("a")],
        ]),
      ]),
    ],
    [3, I64, zigzag(values)],
    [
      4,
      LIST,
      list(STRUCT, [
        struct([
          [
            1,
            LIST,
            list(STRUCT, [
              struct([
                [2, I64, zigzag(4)],
                [3, STRUCT, column],
              ]),
            ]),
          ],
          [2, I64, zigzag(size)],
          [3, I64, zigzag(values)],
        ]),
      ]),
    ],
  ]);
  return Uint8Array.from([
    ...Buffer.from("PAR1"),
    ...header,
    ...page,
    ...footer,
    ...Buffer.from(Uint32Array.of(footer.length).buffer),
    ...Buffer.from("PAR1"),
  ]);
}
