/** Writes Thrift's compact protocol, as far as Parquet's own structures need it. */
class Thrift {
  readonly bytes: number[] = [];
  #last = 0;

  static struct(write: (thrift: Thrift) => void): Thrift {
    const thrift = new Thrift();
    write(thrift);
    thrift.bytes.push(0);
    return thrift;
  }

  int(field: number, value: number, type: 5 | 6 = 5): void {
    this.#field(field, type);
    this.#varint(value * 2);
  }

  text(field: number, value: string): void {
    this.#field(field, 8);
    this.#text(value);
  }

  texts(field: number, values: readonly string[]): void {
    this.#list(field, 8, values.length);
    for (const value of values) this.#text(value);
  }

  ints(field: number, values: readonly number[]): void {
    this.#list(field, 5, values.length);
    for (const value of values) this.#varint(value * 2);
  }

  struct(field: number, value: Thrift): void {
    this.#field(field, 12);
    this.#append(value);
  }

  structs(field: number, values: readonly Thrift[]): void {
    this.#list(field, 12, values.length);
    for (const value of values) this.#append(value);
  }

  #append(value: Thrift): void {
    for (const byte of value.bytes) this.bytes.push(byte);
  }

  #text(value: string): void {
    const bytes = Buffer.from(value);
    this.#varint(bytes.length);
    this.bytes.push(...bytes);
  }

  #list(field: number, type: number, length: number): void {
    this.#field(field, 9);
    if (length < 15) this.bytes.push((length << 4) | type);
    else {
      this.bytes.push(0xf0 | type);
      this.#varint(length);
    }
  }

  #field(field: number, type: number): void {
    this.bytes.push(((field - this.#last) << 4) | type);
    this.#last = field;
  }

  #varint(value: number): void {
    let rest = BigInt(value);
    while (rest > 127n) {
      this.bytes.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.bytes.push(Number(rest));
  }
}

const INT32 = 1;
const REQUIRED = 0;
const RLE = 3;
const RLE_DICTIONARY = 8;
const UNCOMPRESSED = 0;

/**
 * A Parquet file of a few hundred bytes that says of itself to hold `rows` rows in each of `columns` columns, and whose
 * one page of each claims `values` values.
 */
export function parquetBomb({
  rows,
  values,
  columns = 1,
}: {
  rows: number;
  values: number;
  columns?: number;
}): Buffer {
  // Bit width 0: each value is the first of the dictionary, and none takes a byte.
  const page = Buffer.from([0]);
  const header = Thrift.struct((thrift) => {
    thrift.int(1, 0);
    thrift.int(2, page.length);
    thrift.int(3, page.length);
    thrift.struct(
      5,
      Thrift.struct((data) => {
        data.int(1, values);
        data.int(2, RLE_DICTIONARY);
        data.int(3, RLE);
        data.int(4, RLE);
      }),
    );
  });
  const dictionary = Buffer.from([7, 0, 0, 0]);
  const dictionaryHeader = Thrift.struct((thrift) => {
    thrift.int(1, 2);
    thrift.int(2, dictionary.length);
    thrift.int(3, dictionary.length);
    thrift.struct(
      7,
      Thrift.struct((data) => {
        data.int(1, 1);
        data.int(2, 0);
      }),
    );
  });
  const chunk = Buffer.concat([
    Buffer.from(dictionaryHeader.bytes),
    dictionary,
    Buffer.from(header.bytes),
    page,
  ]);
  const dataOffset = 4 + dictionaryHeader.bytes.length + dictionary.length;
  const names = Array.from({ length: columns }, (_, i) => `c${i}`);
  const metadata = Thrift.struct((thrift) => {
    thrift.int(1, 1);
    thrift.structs(2, [
      Thrift.struct((root) => {
        root.text(4, "schema");
        root.int(5, columns);
      }),
      ...names.map((name) =>
        Thrift.struct((leaf) => {
          leaf.int(1, INT32);
          leaf.int(3, REQUIRED);
          leaf.text(4, name);
        }),
      ),
    ]);
    thrift.int(3, rows, 6);
    thrift.structs(4, [
      Thrift.struct((group) => {
        group.structs(
          1,
          names.map((name) =>
            Thrift.struct((column) => {
              column.int(2, 4, 6);
              column.struct(
                3,
                Thrift.struct((data) => {
                  data.int(1, INT32);
                  data.ints(2, [RLE_DICTIONARY]);
                  data.texts(3, [name]);
                  data.int(4, UNCOMPRESSED);
                  data.int(5, rows, 6);
                  data.int(6, chunk.length, 6);
                  data.int(7, chunk.length, 6);
                  data.int(9, dataOffset, 6);
                  data.int(11, 4, 6);
                }),
              );
            }),
          ),
        );
        group.int(2, chunk.length, 6);
        group.int(3, rows, 6);
      }),
    ]);
  });
  const footer = Buffer.from(metadata.bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([Buffer.from("PAR1"), chunk, footer, length, Buffer.from("PAR1")]);
}
