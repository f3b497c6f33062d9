import { LONGEST_VALUE, show } from "@/lib/predictions/parse";
import { wordOf } from "@/lib/predictions/word";
import { badText } from "@/lib/text";
import { INFINITE, MISSING_TEXT, NUMBER } from "./plain-cell";

/**
 * A cell of a baseline file, read: missing, a number, or a text. `typed`: the format itself says that it is a number
 * or a text (NDJSON, Parquet); a CSV cell is what it looks like.
 */
export type Cell =
  | { kind: "missing" }
  | { kind: "number"; value: number; text: string }
  | { kind: "text"; text: string }
  | { kind: "bad"; why: string };

const MISSING: Cell = { kind: "missing" };

export function readCsvCell(cell: string): Cell {
  const text = cell.trim();
  if (MISSING_TEXT.has(text)) return MISSING;
  if (INFINITE.test(text)) return outOfRange(text);
  if (NUMBER.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? { kind: "number", value, text } : outOfRange(text);
  }
  return readText(cell);
}

export function readTypedCell(cell: unknown): Cell {
  switch (typeof cell) {
    case "number":
      if (Number.isNaN(cell)) return MISSING;
      return Number.isFinite(cell)
        ? { kind: "number", value: cell, text: String(cell) }
        : outOfRange(String(cell));
    case "bigint":
      return { kind: "number", value: Number(cell), text: String(cell) };
    case "boolean":
      return { kind: "text", text: cell ? "true" : "false" };
    case "string":
      return readText(cell);
    case "undefined":
      return MISSING;
    default:
      if (cell === null) return MISSING;
      if (cell instanceof Date) return { kind: "text", text: cell.toISOString() };
      return { kind: "bad", why: `expected a number, text, true, false or null, got ${show(cell)}` };
  }
}

function readText(text: string): Cell {
  if (text.length > LONGEST_VALUE) {
    return {
      kind: "bad",
      why: `a category of ${text.length} characters; at most ${LONGEST_VALUE} are kept, so shorten or hash it`,
    };
  }
  const wrong = badText(text);
  return wrong ? { kind: "bad", why: wrong } : { kind: "text", text: wordOf(text) };
}

function outOfRange(text: string): Cell {
  return { kind: "bad", why: `${text} is out of range; leave the cell empty where the value is missing` };
}
