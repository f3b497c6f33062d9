import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { categoryValues, getVersion, PREDICTION, type VersionRecord } from "@/lib/models/store";
import { type Dimension, dimensionsOf } from "@/lib/predictions/segments";
import { binKey } from "@/lib/summaries/binner";
import { countRaw, scanRaw } from "@/lib/summaries/raw";
import { readDataSpan } from "@/lib/summaries/store";
import { type Span, showSpan } from "@/lib/summaries/window";
import { contributionOf, type GainedKeys, gainedKeys, type PartCounts } from "./carriers";
import { type DriftColumn, loadDriftColumns } from "./columns";
import { DEFAULT_DAYS } from "./report";
import { driftWindow, resolveReference } from "./resolve";
import type { DriftCarriers } from "./schema";
import { readSides } from "./sides";

/** Rows that are read one by one for this: a second or two. */
const MOST_ROWS = 2_000_000;
const MOST_DIMENSIONS = 10;
const MOST_VALUES = 20;

export type CarriersRequest = {
  model: string;
  version: string;
  feature: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** As reportDrift takes it. */
  reference?: string | null | undefined;
};

/**
 * Which part of the traffic carries a feature's drift: for each segment key (for each categorical feature, where rows
 * are logged without) what each of its values adds to the distance, see {@link contributionOf}. The reference is taken
 * whole, so that it need not know the segments.
 * @throws TidemarkError `not_found`, or `bad_request` for a window or reference that makes no sense
 */
export async function reportCarriers(
  db: Database,
  request: CarriersRequest,
  { nowMs = Date.now(), signal }: { nowMs?: number; signal?: AbortSignal } = {},
): Promise<DriftCarriers> {
  const record = await getVersion(db, request.model, request.version);
  const [data, columns] = await Promise.all([readDataSpan(db, record), loadDriftColumns(db, record)]);
  const all = [...columns.features, columns.prediction, columns.score];
  const column = all.find(({ name }) => name === request.feature);
  if (!column) {
    throw new TidemarkError(
      "not_found",
      `version "${record.version}" has no monitored feature "${request.feature.slice(0, 80)}"; it has ${all.map(({ name }) => name).join(", ")}`,
    );
  }
  const span = driftWindow(request, { data, days: DEFAULT_DAYS, nowMs });
  const reference = await resolveReference(db, record, request.reference, span);
  const base = {
    model: record.model,
    version: record.version,
    window: showSpan(span),
    reference: { kind: reference.kind, label: reference.label },
    feature: column.name,
  };
  const nothing = (reason: string) => ({ ...base, n: 0, distance: null, reason, dimensions: [] });

  const dimensions = partedBy(record, column);
  if (dimensions.length === 0)
    return nothing("rows are logged without segments and there is no other category to part them by");
  const sides = (await readSides(db, record, { span, reference, columns: [column] })).of(column);
  const before = sides.reference?.histogram;
  const gained =
    column.type && before
      ? gainedKeys({ reference: before, current: sides.current.histogram }, column.type)
      : null;
  if (!before || !gained) return nothing("one of both sides has no value of this feature");
  const rows = await countRaw(db, record, span);
  if (rows > MOST_ROWS) {
    return nothing(
      `the window holds ${rows.toLocaleString("en-US")} predictions and at most ${MOST_ROWS.toLocaleString("en-US")} are parted one by one: take a shorter window`,
    );
  }

  let inReference = 0;
  for (const [key, count] of before.counts) if (gained.has(key)) inReference += count / before.n;
  const parts = await countParts(db, record, { span, column, dimensions, gained, signal });
  const whole = { n: parts.n, inReference };
  const distance = parts.n > 0 ? parts.gained / parts.n - inReference : null;
  const wordOf = await loadWords(db, record, dimensions);
  return {
    ...base,
    n: parts.n,
    distance,
    reason: parts.n > 0 ? null : "the rows of the window are no longer kept one by one",
    dimensions: dimensions.map(({ id, name, role }) => {
      const values = [...parts.of.get(id)!].map(([code, part]) => {
        const contribution = contributionOf(part, whole);
        return {
          value: code === NONE ? null : wordOf(id, code),
          n: part.n,
          traffic_share: part.n / parts.n,
          contribution,
          drift_share: distance ? contribution / distance : null,
        };
      });
      values.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || b.n - a.n);
      return { name, role, distinct: values.length, values: values.slice(0, MOST_VALUES) };
    }),
  };
}

/** What was logged as a segment is meant for parting; a feature only stands in for it. */
function partedBy(record: VersionRecord, { id }: DriftColumn): Dimension[] {
  const others = dimensionsOf(record).filter((dimension) => dimension.id !== id);
  const own = others.filter(({ id, role }) => role === "segment" && id !== PREDICTION);
  return (own.length > 0 ? own : others).slice(0, MOST_DIMENSIONS);
}

/** Rows without a value of the dimension. */
const NONE = -1;

async function countParts(
  db: Database,
  record: VersionRecord,
  {
    span,
    column,
    dimensions,
    gained,
    signal,
  }: {
    span: Span;
    column: DriftColumn;
    dimensions: readonly Dimension[];
    gained: GainedKeys;
    signal: AbortSignal | undefined;
  },
): Promise<PartCounts & { of: Map<number, Map<number, PartCounts>> }> {
  const of = new Map(dimensions.map(({ id }) => [id, new Map<number, PartCounts>()]));
  const whole: PartCounts = { n: 0, gained: 0 };
  const featureIds = [...new Set([column.id, ...of.keys()])];
  for await (const { n, columns } of scanRaw(db, record, { span, featureIds, mostRows: MOST_ROWS, signal })) {
    const values = columns.get(column.id)!;
    const isGained = values.map((value) =>
      Number.isNaN(value) ? -1 : +gained.has(binKey(column.bins, value)),
    );
    for (let i = 0; i < n; i++) {
      if (isGained[i]! < 0) continue;
      whole.n++;
      whole.gained += isGained[i]!;
    }
    for (const [id, parts] of of) {
      const codes = columns.get(id)!;
      for (let i = 0; i < n; i++) {
        if (isGained[i]! < 0) continue;
        const code = Number.isNaN(codes[i]!) ? NONE : codes[i]!;
        let part = parts.get(code);
        if (!part) {
          part = { n: 0, gained: 0 };
          parts.set(code, part);
        }
        part.n++;
        part.gained += isGained[i]!;
      }
    }
  }
  return { ...whole, of };
}

async function loadWords(db: Database, record: VersionRecord, dimensions: readonly Dimension[]) {
  const names = await categoryValues(
    db,
    record,
    dimensions.flatMap(({ id }) => (id > 0 ? [id] : [])),
  );
  return (id: number, code: number): string =>
    (id === PREDICTION ? record.classes[code - 1] : names.get(id)?.get(code)) ?? String(code);
}
