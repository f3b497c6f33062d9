import { type SQL, sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { LABEL, PREDICTION, SCORE } from "@/lib/models/store";
import { moment, type Place, readTraffic } from "./store";
import { HOUR_MS } from "./summarise";
import type { Span } from "./window";

/** Rows a report may read one by one. Beyond it summaries answer as well, thousands of times faster. */
export const MOST_RAW_ROWS = 5_000_000;
const SLICE_ROWS = 50_000;
/** Keeps a slice's reply near 32 MB however wide the version is. */
const SLICE_VALUES = 2_000_000;
/** Postgres refuses a select list of more than 1,664 entries. */
const MOST_COLUMNS = 1_600;

/** Equality on a category's code, or on the predicted class (featureId 0). */
export type RawFilter = { featureId: number; code: number };

export type RawRequest = {
  span: Span;
  /** Places in the vector, PREDICTION, SCORE or LABEL. */
  featureIds: readonly number[];
  filter?: RawFilter | null;
  /** Rows in order of time, for what looks at consecutive ones. */
  ordered?: boolean;
  mostRows?: number;
  /** What to do about more rows than that. */
  remedy?: string;
  sliceRows?: number;
  /** Only rows that were here when this baseline came to stand. */
  receivedBefore?: number;
  /** Stops between slices. */
  signal?: AbortSignal | undefined;
};

/** Some consecutive rows, column by column. */
export type RawSlice = {
  n: number;
  errors: number;
  /** Epoch milliseconds per row. */
  tsMs: Float64Array;
  /** Values per row; NaN = missing. */
  columns: Map<number, Float64Array>;
};

/**
 * Reads raw rows slice by slice, in ascending order of time between slices. Values come as packed bytes: about 16
 * bytes and 20 ns a value instead of a row object each.
 * @throws TidemarkError `bad_request` before anything is read, when the span holds too many rows
 */
export async function* scanRaw(db: Database, at: Place, request: RawRequest): AsyncGenerator<RawSlice> {
  const slices = await planSlices(db, at, request);
  for (const span of slices) {
    request.signal?.throwIfAborted();
    const slice: RawSlice = { n: 0, errors: 0, tsMs: new Float64Array(0), columns: new Map() };
    for (let i = 0; i === 0 || i < request.featureIds.length; i += MOST_COLUMNS) {
      await readSlice(
        db,
        at,
        { ...request, span, featureIds: request.featureIds.slice(i, i + MOST_COLUMNS) },
        slice,
      );
    }
    if (slice.n > 0) yield slice;
  }
}

/** Rows in a span, at most: whole hours count even where the span takes a part. */
export async function countRaw(db: Database, at: Place, span: Span): Promise<number> {
  return (await hoursOf(db, at, span)).reduce((sum, hour) => sum + hour.n, 0);
}

export function hoursOf(db: Database, at: Place, { fromMs, toMs }: Span) {
  const from = Math.floor(fromMs / HOUR_MS) * HOUR_MS;
  return readTraffic(db, at, [{ grain: 1, fromMs: from, toMs }]);
}

async function planSlices(db: Database, at: Place, request: RawRequest): Promise<Span[]> {
  const { span, mostRows = MOST_RAW_ROWS, featureIds } = request;
  const sliceRows = Math.min(
    request.sliceRows ?? SLICE_ROWS,
    Math.ceil(SLICE_VALUES / (featureIds.length + 1)),
  );
  const hours = await hoursOf(db, at, span);
  const total = hours.reduce((sum, hour) => sum + hour.n, 0);
  if (total > mostRows) {
    throw new TidemarkError(
      "bad_request",
      `the window holds ${total.toLocaleString("en-US")} predictions and at most ${mostRows.toLocaleString("en-US")} are read one by one: ${request.remedy ?? "take a shorter window, or leave exact and segment out to read summaries"}`,
    );
  }
  const slices: Span[] = [];
  let open: { span: Span; n: number } | null = null;
  for (const { startMs, n } of hours) {
    const hour = { fromMs: Math.max(startMs, span.fromMs), toMs: Math.min(startMs + HOUR_MS, span.toMs) };
    if (open && open.n + n <= sliceRows) {
      open.span.toMs = hour.toMs;
      open.n += n;
      continue;
    }
    if (open) slices.push(open.span);
    open = { span: hour, n };
    const parts = Math.ceil(n / sliceRows);
    if (parts > 1) {
      slices.push(...split(hour, parts));
      open = null;
    }
  }
  if (open) slices.push(open.span);
  return slices;
}

function split({ fromMs, toMs }: Span, parts: number): Span[] {
  const at = (i: number) => Math.round(fromMs + ((toMs - fromMs) * i) / parts);
  return Array.from({ length: parts }, (_, i) => ({ fromMs: at(i), toMs: at(i + 1) })).filter(
    (part) => part.fromMs < part.toMs,
  );
}

async function readSlice(db: Database, at: Place, request: RawRequest, into: RawSlice): Promise<void> {
  const first = into.columns.size === 0;
  const values = request.featureIds.map(
    (id, i) => sql`string_agg(float8send(coalesce(${placeOf(id)}, 'NaN')), '') AS ${sql.raw(`c${i}`)}`,
  );
  if (first) values.push(sql`string_agg(float8send((extract(epoch FROM ts) * 1000)::float8), '') AS times`);
  const [row] = await rows<Record<string, Uint8Array | number | null>>(
    db,
    sql`SELECT count(*)::float8 AS n, count(*) FILTER (WHERE prediction IS NULL)::float8 AS errors,
        ${sql.join(values, sql`, `)}
      FROM ${source(at, request)} AS p`,
  );
  const n = Number(row!.n);
  if (first) {
    into.n = n;
    into.errors = Number(row!.errors);
    into.tsMs = decodeFloats(row!.times as Uint8Array | null);
  }
  request.featureIds.forEach((id, i) => {
    const column = decodeFloats(row![`c${i}`] as Uint8Array | null);
    if (column.length !== into.n) {
      throw new TidemarkError(
        "conflict",
        "rows arrived while a very wide version was being read: send the request again",
      );
    }
    into.columns.set(id, column);
  });
}

function placeOf(featureId: number): SQL {
  if (featureId > 0) return sql.raw(`p.features[${featureId}]`);
  if (featureId === PREDICTION) return sql`p.prediction`;
  if (featureId === SCORE) return sql`p.score`;
  return sql`p.label`;
}

function source(
  { modelId, versionId }: Place,
  { span, filter, ordered, featureIds, receivedBefore }: RawRequest,
): SQL {
  const label = featureIds.includes(LABEL);
  const condition =
    filter == null
      ? sql``
      : filter.featureId === PREDICTION
        ? sql` AND r.prediction = ${filter.code}`
        : sql` AND r.features[${sql.raw(String(filter.featureId))}] = ${filter.code}`;
  const age =
    receivedBefore === undefined
      ? sql``
      : sql` AND r.received_at <= (SELECT created_at FROM baseline WHERE model_id = ${modelId}
          AND version_id = ${versionId} AND baseline_id = ${receivedBefore})`;
  return sql`(SELECT r.ts, r.features, r.prediction, r.score${label ? sql`, l.label` : sql``}
    FROM prediction r ${
      label ? sql`LEFT JOIN label l ON l.model_id = r.model_id AND l.prediction_id = r.prediction_id` : sql``
    }
    WHERE r.model_id = ${modelId} AND r.version_id = ${versionId}
      AND r.ts >= ${moment(span.fromMs)} AND r.ts < ${moment(span.toMs)}${condition}${age}
    ${ordered ? sql`ORDER BY r.ts, r.prediction_id` : sql``})`;
}

/** Big-endian doubles, as Postgres sends them. */
function decodeFloats(bytes: Uint8Array | null): Float64Array {
  if (bytes === null) return new Float64Array(0);
  const copy = new Uint8Array(bytes);
  Buffer.from(copy.buffer).swap64();
  return new Float64Array(copy.buffer);
}
