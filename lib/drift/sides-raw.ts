import { readBaselineColumn } from "@/lib/baselines/store";
import type { Database } from "@/lib/db/client";
import { PREDICTION, SCORE, type VersionRecord } from "@/lib/models/store";
import { countColumn } from "@/lib/summaries/count-column";
import { emptyHistogram } from "@/lib/summaries/histogram";
import { countRaw, type RawFilter, scanRaw } from "@/lib/summaries/raw";
import type { Span } from "@/lib/summaries/window";
import type { DriftColumn } from "./columns";
import type { Side } from "./compare-numbers";
import type { Reference } from "./resolve";

/** Values held at once: 128 MB a side. */
const MOST_VALUES = 16_000_000;

export type RawSides = {
  n: number;
  nReference: number;
  /** Whether the reference was cut by the segment too. */
  cut: boolean;
};

/**
 * Visits each column with all its values on both sides, a few columns at a time so that memory stays bounded.
 * @throws TidemarkError `bad_request` when a window holds more rows than may be read one by one
 */
export async function visitRawSides(
  db: Database,
  record: VersionRecord,
  request: {
    span: Span;
    reference: Reference;
    columns: readonly DriftColumn[];
    filter: RawFilter | null;
    signal?: AbortSignal | undefined;
  },
  visit: (column: DriftColumn, sides: { reference: Side | null; current: Side }) => void,
): Promise<RawSides> {
  const { span, reference, columns, filter, signal } = request;
  signal?.throwIfAborted();
  const rows = Math.max(
    await countRaw(db, record, span),
    reference.span ? await countRaw(db, record, reference.span) : reference.rows,
  );
  const perGroup = Math.max(1, Math.floor(MOST_VALUES / Math.max(1, rows)));
  const key =
    filter && !reference.span ? await readBaselineColumn(db, baselineOf(record), filter.featureId) : null;
  const result: RawSides = { n: 0, nReference: 0, cut: reference.span !== null || key !== null };
  for (let from = 0; from === 0 || from < columns.length; from += perGroup) {
    const group = columns.slice(from, from + perGroup);
    const current = await readWindowRows(db, record, { span, group, filter, signal });
    const before =
      reference.span && (await readWindowRows(db, record, { span: reference.span, group, filter, signal }));
    result.n = current.n;
    result.nReference = before ? before.n : key ? countCode(key, filter!.code) : reference.rows!;
    for (const column of group) {
      const held = before
        ? before.of(column)
        : await readBaselineValues(db, record, { column, key, code: filter?.code ?? 0 });
      visit(column, { reference: held, current: current.of(column) });
    }
  }
  return result;
}

const baselineOf = ({ modelId, versionId, baselineId }: VersionRecord) => ({
  modelId,
  versionId,
  baselineId,
});

async function readWindowRows(
  db: Database,
  record: VersionRecord,
  {
    span,
    group,
    filter,
    signal,
  }: { span: Span; group: readonly DriftColumn[]; filter: RawFilter | null; signal: AbortSignal | undefined },
): Promise<{ n: number; of: (column: DriftColumn) => Side }> {
  const featureIds = group.map((column) => column.id);
  const pieces = new Map<number, Float64Array[]>(featureIds.map((id) => [id, []]));
  let [n, errors] = [0, 0];
  for await (const slice of scanRaw(db, record, { span, featureIds, filter, signal })) {
    n += slice.n;
    errors += slice.errors;
    for (const id of featureIds) pieces.get(id)!.push(present(slice.columns.get(id)!));
  }
  return {
    n,
    of: (column) => {
      const values = concat(pieces.get(column.id)!);
      // A failed prediction has no outcome to miss; a model that never scores misses no score.
      const missing =
        column.id === PREDICTION || (column.id === SCORE && values.length === 0)
          ? 0
          : n - values.length - (column.id === SCORE ? errors : 0);
      return sideOf(column, values, missing);
    },
  };
}

async function readBaselineValues(
  db: Database,
  record: VersionRecord,
  { column, key, code }: { column: DriftColumn; key: Float64Array | null; code: number },
): Promise<Side | null> {
  const all = await readBaselineColumn(db, baselineOf(record), column.id);
  if (all === null) return null;
  const cut = key ? all.filter((_, i) => key[i] === code) : all;
  const values = present(cut);
  return sideOf(column, values, cut.length - values.length);
}

function sideOf(column: DriftColumn, values: Float64Array, missing: number): Side {
  const histogram = emptyHistogram();
  countColumn(histogram, column.bins, values);
  histogram.missing = missing;
  return { histogram, values: column.type === "categorical" ? null : values };
}

const present = (values: Float64Array) => values.filter((value) => !Number.isNaN(value));

const countCode = (key: Float64Array, code: number) =>
  key.reduce((n, value) => n + (value === code ? 1 : 0), 0);

function concat(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
