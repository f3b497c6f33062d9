import { type CsvCell, csvLines } from "@/lib/charts/csv";
import type { Database } from "@/lib/db/client";
import type { VersionRecord } from "@/lib/models/store";
import { type BrowseRequest, prepareSearch, searchRows } from "./browse";
import type { Position } from "./browse-store";
import { decodeRows, type Names } from "./decode";
import type { LoggedPrediction } from "./schema";

const PAGE_ROWS = 5000;
/** What a spreadsheet can hold. */
export const MOST_EXPORTED = 1_000_000;

/**
 * The rows of a filter as CSV, piece by piece, in constant memory: the next piece is read when the last one was taken,
 * and nothing more once the signal says that nobody is there.
 */
export async function exportPredictions(
  db: Database,
  request: Omit<BrowseRequest, "limit" | "cursor">,
  {
    nowMs = Date.now(),
    signal,
    most = MOST_EXPORTED,
  }: { nowMs?: number; signal?: AbortSignal; most?: number } = {},
): Promise<{ fileName: string; pieces: AsyncGenerator<string> }> {
  const search = await prepareSearch(db, request, nowMs);
  const { record } = search;
  async function* pieces(): AsyncGenerator<string> {
    yield csvLines([headerOf(record)]);
    const names: Names = new Map();
    let after: Position | null = null;
    let left = most;
    do {
      signal?.throwIfAborted();
      const page: Awaited<ReturnType<typeof searchRows>> = await searchRows(db, search, {
        after,
        limit: Math.min(PAGE_ROWS, left),
        patienceMs: 0,
      });
      const rows = await decodeRows(db, record, page.found, names);
      if (rows.length > 0) yield csvLines(rows.map((row) => cellsOf(record, row)));
      left -= rows.length;
      after = page.next;
    } while (after && left > 0);
  }
  const safe = `${record.model}-${record.version}`.replace(/[^\w.-]+/g, "_");
  return { fileName: `${safe}-predictions.csv`, pieces: pieces() };
}

function headerOf(record: VersionRecord): string[] {
  const own = ["id", "timestamp", "prediction", "score", "label", "correct", "latency_ms", "error"];
  // A feature that is called like one of ours, or like a segment key, must not share its column.
  return [
    ...own,
    ...record.columns.map(({ name, role }) =>
      role === "segment" ? `segment.${name}` : own.includes(name) ? `features.${name}` : name,
    ),
  ];
}

function cellsOf(record: VersionRecord, row: LoggedPrediction): CsvCell[] {
  return [
    row.id,
    row.timestamp,
    row.prediction,
    row.score,
    row.label,
    row.correct,
    row.latency_ms,
    row.error,
    ...record.columns.map(({ name, role }) =>
      role === "segment" ? (row.segment[name] ?? null) : (row.features[name] ?? null),
    ),
  ];
}
