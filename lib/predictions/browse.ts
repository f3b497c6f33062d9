import type { SQL } from "drizzle-orm";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getVersion, type VersionRecord } from "@/lib/models/store";
import { resolveWindow } from "@/lib/summaries/default-window";
import type { Span } from "@/lib/summaries/window";
import { type Position, readRows, type StoredRow } from "./browse-store";
import { conditionSql, type LabelState, labelSql } from "./condition";
import { readCursor, writeCursor } from "./cursor";
import { decodeRows } from "./decode";
import { parseFilter, prepareConditions } from "./filter";
import type { PredictionPage } from "./schema";
import { planSearch } from "./search-plan";

const DEFAULT_DAYS = 7;
export const DEFAULT_PAGE = 100;
export const LARGEST_PAGE = 1000;
/** A search that finds little gives back what it has after this long, with a cursor to go on from. */
const PATIENCE_MS = 1500;

export type BrowseRequest = {
  model: string;
  version: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** "field:op:value", all of them must hold. */
  filters?: readonly string[] | undefined;
  label?: LabelState | undefined;
  order?: "desc" | "asc" | undefined;
  limit?: number | undefined;
  cursor?: string | null | undefined;
};

/** What to read, resolved: shared by the explorer's pages and the download. */
export type Search = {
  record: VersionRecord;
  span: Span;
  conditions: SQL[];
  /** The conditions may pass over many rows before one is met; an id is found by its own index. */
  selective: boolean;
  order: "desc" | "asc";
};

/**
 * Raw predictions of a window, newest first unless asked otherwise, a page at a time. A page may come back short or
 * even empty with a cursor, when little matches: the search goes on where it stopped.
 * @throws TidemarkError `bad_request` naming the field, op or value that does not fit
 */
export async function browsePredictions(
  db: Database,
  request: BrowseRequest,
  { nowMs = Date.now() }: { nowMs?: number } = {},
): Promise<PredictionPage> {
  const after = request.cursor ? readCursor(request.cursor) : null;
  const search = await prepareSearch(db, request, nowMs);
  const limit = Math.min(LARGEST_PAGE, Math.max(1, request.limit ?? DEFAULT_PAGE));
  const { found, next } = await searchRows(db, search, { after, limit, patienceMs: PATIENCE_MS });
  return {
    rows: await decodeRows(db, search.record, found),
    next_cursor: next && writeCursor(next),
  };
}

export async function prepareSearch(db: Database, request: BrowseRequest, nowMs: number): Promise<Search> {
  const record = await getVersion(db, request.model, request.version);
  const prepared = prepareConditions(record, (request.filters ?? []).map(parseFilter));
  const conditions = prepared.map((condition) => conditionSql(record, condition));
  const label = request.label ?? "any";
  if ((label === "correct" || label === "wrong") && record.task === "regression") {
    throw new TidemarkError(
      "bad_request",
      `label=${label}: model "${record.model}" predicts numbers, which are not right or wrong; use labelled or unlabelled`,
    );
  }
  const state = labelSql(label);
  if (state) conditions.push(state);
  const span = await resolveWindow(db, record, request, { days: DEFAULT_DAYS, nowMs });
  const byId = prepared.some(({ field, op }) => field.kind === "text" && field.of === "id" && op === "eq");
  return {
    record,
    span,
    conditions,
    selective: conditions.length > 0 && !byId,
    order: request.order ?? "desc",
  };
}

/** Reads on from a position, stretch by stretch, until there are enough rows, no more, or no patience left. */
export async function searchRows(
  db: Database,
  { record, span, conditions, selective, order }: Search,
  { after, limit, patienceMs }: { after: Position | null; limit: number; patienceMs: number },
): Promise<{ found: StoredRow[]; next: Position | null }> {
  const began = performance.now();
  const found: StoredRow[] = [];
  const stretches = await planSearch(db, record, { span, after, order, selective });
  for (const [index, stretch] of stretches.entries()) {
    const wanted = limit - found.length;
    found.push(...(await readRows(db, record, { span: stretch, conditions, order, after, limit: wanted })));
    const last = found.at(-1);
    if (last && found.length >= limit) return { found, next: { tsMs: last.ts_ms, id: last.id } };
    if (index + 1 < stretches.length && performance.now() - began > patienceMs) {
      // Every id sorts behind the empty one, so the next stretch begins exactly where this one ended.
      return { found, next: { tsMs: order === "desc" ? stretch.fromMs : stretch.toMs, id: "" } };
    }
  }
  return { found, next: null };
}
