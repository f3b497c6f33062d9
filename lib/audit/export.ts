import { type CsvCell, csvLines } from "@/lib/charts/csv";
import type { Database } from "@/lib/db/client";
import { type AuditFilter, toFilter } from "./list";
import type { AuditEvent } from "./schema";
import { selectEvents } from "./store";

const EVENTS_A_PIECE = 1_000;
const HEADER = ["id", "at", "actor", "action", "subject", "before", "after", "hash"];

/** Every event of a filter, latest first, piece by piece: CSV (RFC 4180, formulas escaped) or a JSON object a line. */
export async function* exportEvents(
  db: Database,
  filter: AuditFilter,
  { format, signal }: { format: "csv" | "ndjson"; signal?: AbortSignal },
): AsyncGenerator<string> {
  const write = format === "csv" ? asCsv : asNdjson;
  if (format === "csv") yield csvLines([HEADER]);
  let beforeId: string | null = null;
  do {
    signal?.throwIfAborted();
    const events: AuditEvent[] = await selectEvents(db, toFilter(filter), {
      beforeId,
      limit: EVENTS_A_PIECE,
    });
    if (events.length > 0) yield write(events);
    beforeId = events.length < EVENTS_A_PIECE ? null : events.at(-1)!.id;
  } while (beforeId);
}

const asNdjson = (events: readonly AuditEvent[]) =>
  events.map((event) => `${JSON.stringify(event)}\n`).join("");

const asCsv = (events: readonly AuditEvent[]) => csvLines(events.map(cellsOf));

function cellsOf({ id, at, actor, action, subject, before, after, hash }: AuditEvent): CsvCell[] {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  return [id, at, actor, action, subject, json(before), json(after), hash];
}
