/** Format of `COPY … (FORMAT binary)`: https://www.postgresql.org/docs/current/sql-copy.html */
const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const FLOAT8_OID = 701;
/** PostgreSQL counts its microseconds from 2000. */
const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);
const TWO_TO_32 = 2 ** 32;

/** Writes rows in the format that COPY reads: a tenth of the cost of writing numbers as digits and reading them again. */
export class CopyWriter {
  #buffer: Buffer;
  #view: DataView;
  #end = 0;

  /** @param capacity bytes expected; it grows */
  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(capacity, 64));
    this.#view = viewOf(this.#buffer);
    this.#buffer.set(SIGNATURE);
    this.#end = SIGNATURE.length;
  }

  row(fields: number): void {
    this.#reserve(2);
    this.#view.setInt16(this.#end, fields);
    this.#end += 2;
  }

  null(): void {
    this.#reserve(4);
    this.#view.setInt32(this.#end, -1);
    this.#end += 4;
  }

  int4(value: number): void {
    this.#reserve(8);
    this.#view.setInt32(this.#end, 4);
    this.#view.setInt32(this.#end + 4, value);
    this.#end += 8;
  }

  float8(value: number | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.#reserve(12);
    this.#view.setInt32(this.#end, 8);
    this.#view.setFloat64(this.#end + 4, value);
    this.#end += 12;
  }

  /** A timestamptz of whole epoch milliseconds. */
  timestamp(ms: number): void {
    const micros = (ms - POSTGRES_EPOCH_MS) * 1000;
    const high = Math.floor(micros / TWO_TO_32);
    this.#reserve(12);
    this.#view.setInt32(this.#end, 8);
    this.#view.setInt32(this.#end + 4, high);
    this.#view.setUint32(this.#end + 8, micros - high * TWO_TO_32);
    this.#end += 12;
  }

  text(value: string | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.#reserve(4 + value.length * 3);
    const written = this.#buffer.write(value, this.#end + 4, "utf8");
    this.#view.setInt32(this.#end, written);
    this.#end += 4 + written;
  }

  /** A float8[]; NaN, null and holes become NULL. */
  float8s(values: ArrayLike<number | null | undefined>): void {
    const n = values.length;
    this.#reserve(24 + n * 12);
    const view = this.#view;
    const start = this.#end;
    let at = start + 24;
    let nulls = 0;
    for (let i = 0; i < n; i++) {
      const value = values[i];
      if (value === null || value === undefined || Number.isNaN(value)) {
        view.setInt32(at, -1);
        at += 4;
        nulls = 1;
      } else {
        view.setInt32(at, 8);
        view.setFloat64(at + 4, value);
        at += 12;
      }
    }
    // An empty array has no dimension.
    if (n === 0) at = start + 16;
    view.setInt32(start, at - start - 4);
    view.setInt32(start + 4, n === 0 ? 0 : 1);
    view.setInt32(start + 8, nulls);
    view.setInt32(start + 12, FLOAT8_OID);
    if (n > 0) {
      view.setInt32(start + 16, n);
      view.setInt32(start + 20, 1);
    }
    this.#end = at;
  }

  /** Everything written, ended. */
  finish(): Buffer {
    this.#reserve(2);
    this.#view.setInt16(this.#end, -1);
    return this.#buffer.subarray(0, this.#end + 2);
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#end + bytes));
    this.#buffer.copy(grown, 0, 0, this.#end);
    this.#buffer = grown;
    this.#view = viewOf(grown);
  }
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
}
