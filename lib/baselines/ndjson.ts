import { TidemarkError } from "@/lib/errors";
import { isTooDeep, MAX_JSON_DEPTH } from "@/lib/http/json-depth";
import { readTypedCell } from "./cell";
import type { Table, TableColumn } from "./table";
import { decodeText } from "./text";

/** A line longer than this is no row of a table. */
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * Reads a JSON object a line into the table. A row is flat, or has the shape of a logged prediction, whose features and
 * segment are then columns.
 */
export async function readNdjson(bytes: AsyncIterable<Uint8Array>, table: Table): Promise<void> {
  let index = 0;
  for await (const line of lines(bytes)) {
    if (line.trim() === "") continue;
    const place = index++;
    let row: unknown;
    if (isTooDeep(Buffer.from(line))) {
      table.reject(place, `nested more than ${MAX_JSON_DEPTH} levels deep`);
      continue;
    }
    try {
      row = JSON.parse(line);
    } catch (error) {
      table.reject(place, `not JSON: ${(error as Error).message.slice(0, 120)}`);
      continue;
    }
    if (row === null || typeof row !== "object" || Array.isArray(row)) {
      table.reject(place, "expected an object a line");
      continue;
    }
    table.add(place, cellsOf(row as Record<string, unknown>, table));
  }
  if (index === 0) throw new TidemarkError("bad_request", "the file is empty: send a JSON object a line");
}

export function cellsOf(
  row: Record<string, unknown>,
  table: Table,
): [TableColumn, ReturnType<typeof readTypedCell>][] {
  const cells: [TableColumn, ReturnType<typeof readTypedCell>][] = [];
  const add = (name: string, value: unknown) => {
    const column = table.column(name);
    if (column) cells.push([column, readTypedCell(value)]);
  };
  for (const [name, value] of Object.entries(row)) {
    if (name === "features" && isObject(value))
      for (const [key, inner] of Object.entries(value)) add(key, inner);
    else if (name === "segment" && isObject(value)) {
      for (const [key, inner] of Object.entries(value)) add(`segment.${key}`, inner);
    } else add(name, value);
  }
  return cells;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

async function* lines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // Pieces of a line are put together once, when it ends: adding each to the ones before reads them again and again.
  let parts: string[] = [];
  let held = 0;
  for await (const text of decodeText(bytes)) {
    const [first, ...more] = text.split("\n");
    parts.push(first!);
    held += first!.length;
    if (held > LONGEST_LINE) {
      throw new TidemarkError("bad_request", "a line is longer than 4 MiB: send one JSON object a line");
    }
    if (more.length === 0) continue;
    yield parts.join("");
    const last = more.pop()!;
    yield* more;
    parts = [last];
    held = last.length;
  }
  if (held > 0) yield parts.join("");
}
