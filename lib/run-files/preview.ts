import Papa from "papaparse";
import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { kindOf } from "./kind";
import { type FileAddress, openRunFile, readHead } from "./read";
import type { RunFilePreview } from "./schema";

/** Of a file; more is for whoever downloads it. */
const MOST_BYTES = 256 * 1024;
const MOST_ROWS = 201;
const MOST_COLUMNS = 60;
const LONGEST_CELL = 300;

/** What a page can show of a file: text, a table, or the word that it is a picture. */
export async function previewRunFile(
  access: { db: Database; keeper: Keeper },
  address: FileAddress,
): Promise<RunFilePreview> {
  const file = await openRunFile(access, address);
  const head = await readHead(file, MOST_BYTES);
  const kind = kindOf(address.path, head);
  const cut = file.bytes > head.length;
  const preview = { path: address.path, bytes: file.bytes, kind, text: null, rows: null, truncated: cut };
  if (kind === "image" || kind === "none") return { ...preview, truncated: false };
  const text = new TextDecoder().decode(head).replace(/\ufffd+$/, "");
  if (kind === "json") return { ...preview, text: indented(text) };
  if (kind === "text") return { ...preview, text };
  const parsed = Papa.parse<string[]>(text, { preview: MOST_ROWS + 1, skipEmptyLines: true }).data;
  const rows = parsed
    .slice(0, MOST_ROWS)
    .map((row) => row.slice(0, MOST_COLUMNS).map((cell) => cell.slice(0, LONGEST_CELL)));
  const wide = parsed.some((row) => row.length > MOST_COLUMNS);
  return { ...preview, rows, truncated: cut || wide || parsed.length > MOST_ROWS };
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
