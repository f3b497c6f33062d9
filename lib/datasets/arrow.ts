import type { RecordBatch, Vector } from "apache-arrow";
import { breathe } from "@/lib/baselines/breathe";
import type { DataTable } from "./columns";
import { checkNames } from "./csv";
import { checkSize, damaged } from "./limits";
import { TypedColumn } from "./typed-column";

const REMEDY = "write it anew as an Arrow IPC file without compression, or give CSV";
const MAGIC = [0x41, 0x52, 0x52, 0x4f, 0x57, 0x31];

/** Reads an Arrow IPC file or stream that is held whole, batch by batch. */
export async function readArrow(file: string, bytes: Uint8Array): Promise<DataTable> {
  const { RecordBatchReader, DataType } = await import("apache-arrow");
  const isFile = MAGIC.every((byte, i) => bytes[i] === byte);
  if (isFile && !MAGIC.every((byte, i) => bytes[bytes.length - MAGIC.length + i] === byte)) {
    throw damaged(
      file,
      "it begins as an Arrow file and does not end as one: it was cut short",
      "send it whole",
    );
  }
  const broken = (cause: unknown) =>
    damaged(
      file,
      `it cannot be read as Arrow (${String((cause as Error).message).slice(0, 200)})`,
      REMEDY,
      cause,
    );
  let batches: RecordBatch[];
  try {
    batches = [...RecordBatchReader.from(bytes)];
  } catch (error) {
    throw broken(error);
  }
  const rows = batches.reduce((sum, batch) => sum + batch.numRows, 0);
  if (batches.length === 0 || rows === 0) throw damaged(file, "it has no rows", "give at least one");
  const { fields } = batches[0]!.schema;
  checkSize(file, { rows, columns: fields.length });
  checkNames(
    file,
    fields.map(({ name }) => name),
  );
  const words = { count: 0 };
  const columns: TypedColumn[] = [];
  for (const [place, { name, type }] of fields.entries()) {
    const column = new TypedColumn({ file, name, words });
    const isTime = DataType.isTimestamp(type) || DataType.isDate(type);
    for (const batch of batches) {
      const vector = batch.getChildAt(place);
      if (!vector || vector.length !== batch.numRows || isShort(vector)) {
        throw damaged(file, `column "${name}" has fewer values than its batch has rows`, REMEDY);
      }
      try {
        addAll(column, vector, isTime);
      } catch (error) {
        throw (error as { code?: string }).code ? error : broken(error);
      }
      await breathe();
    }
    columns.push(column);
  }
  return { rows, columns: columns.map((column) => column.finish()) };
}

/** A batch may claim more rows than its buffers hold, which the library reads as undefined. */
function isShort(vector: Vector): boolean {
  return vector.data.some(({ values, valueOffsets, length, stride, typeId, nullBitmap, nullCount }) => {
    const isNull = typeId === 1;
    const bits = typeId === 6;
    if (nullCount > 0 && nullBitmap && nullBitmap.length * 8 < length) return true;
    if (valueOffsets && valueOffsets.length > 0) return valueOffsets.length < length + 1;
    if (isNull || !values) return false;
    return (bits ? values.length * 8 : values.length) < length * (bits ? 1 : stride);
  });
}

function addAll(column: TypedColumn, vector: Vector, isTime: boolean): void {
  for (let i = 0; i < vector.length; i++) {
    const value: unknown = vector.get(i);
    const row = column.length + 1;
    // Moments come as milliseconds.
    column.addValue(isTime && value !== null ? new Date(Number(value)) : value, row);
  }
}
