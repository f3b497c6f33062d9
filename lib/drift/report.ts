import type { Database } from "@/lib/db/client";
import { getVersion, type VersionRecord } from "@/lib/models/store";
import { resolveSegment } from "@/lib/predictions/segment";
import type { RawFilter } from "@/lib/summaries/raw";
import { type DataSpan, readDataSpan, readRebuildMark } from "@/lib/summaries/store";
import { type Span, showSpan } from "@/lib/summaries/window";
import { type DriftColumn, type DriftColumns, loadDriftColumns, loadNames } from "./columns";
import type { Side } from "./compare-numbers";
import { compareColumn, decide } from "./compute";
import { driftWindow, REFERENCE_WORDS, type Reference, resolveReference } from "./resolve";
import type { DriftReport, FeatureDrift } from "./schema";
import { readSides } from "./sides";
import { visitRawSides } from "./sides-raw";
import { Turn } from "./turn";

const rawTurn = new Turn();

/** Without from and to a report covers the newest week with data. */
export const DEFAULT_DAYS = 7;

export type DriftRequest = {
  model: string;
  version: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** "baseline" (default), "previous", or "{from}/{to}". */
  reference?: string | null | undefined;
  /** Read every value instead of summaries. */
  exact?: boolean | undefined;
  /** "name:value" */
  segment?: string | null | undefined;
};

/**
 * What drifted between a reference and the window `[from, to)`, feature by feature, and for prediction and score.
 *
 * From summaries, so that it costs days × features however many predictions there were; `exact`, a segment, and days
 * that still wait for their summaries are read row by row. A column that cannot be compared is a state in the reply.
 * @throws TidemarkError `not_found`, `bad_request` for a window, reference or segment that makes no sense, or for
 * too many rows to be read one by one
 */
export async function reportDrift(
  db: Database,
  request: DriftRequest,
  { nowMs = Date.now(), signal }: { nowMs?: number; signal?: AbortSignal } = {},
): Promise<DriftReport> {
  const record = await getVersion(db, request.model, request.version);
  const [data, filter, columns, mark] = await Promise.all([
    readDataSpan(db, record),
    resolveSegment(db, record, request.segment),
    loadDriftColumns(db, record),
    readRebuildMark(db, record),
  ]);
  const span = driftWindow(request, { data, days: DEFAULT_DAYS, nowMs });
  const reference = await resolveReference(db, record, request.reference, span);
  const waiting = mark !== null && Math.min(span.fromMs, reference.span?.fromMs ?? span.fromMs) < mark;
  const raw = request.exact === true || filter !== null || waiting;
  const compared = await compareAll(db, record, { span, reference, columns, filter, raw, signal });
  return {
    model: record.model,
    version: record.version,
    window: { ...showSpan(span), n: compared.n },
    reference: {
      kind: reference.kind,
      n: compared.nReference,
      window: reference.span && showSpan(reference.span),
      label: compared.cut ? reference.label : `${reference.label}, whole: it lacks the segment's column`,
      segment_applied: filter ? compared.cut : null,
    },
    segment: request.segment || null,
    source: raw ? "raw" : "summaries",
    ...summarise(compared.features, {
      reference,
      n: compared.n,
      nReference: compared.nReference,
      data,
      waiting,
    }),
    features: compared.features,
    prediction: compared.prediction,
    score: compared.score,
    fresh_to: data && new Date(data.receivedMs).toISOString(),
  };
}

type Compared = {
  n: number;
  nReference: number;
  cut: boolean;
  features: FeatureDrift[];
  prediction: FeatureDrift | null;
  score: FeatureDrift | null;
};

async function compareAll(
  db: Database,
  record: VersionRecord,
  request: {
    span: Span;
    reference: Reference;
    columns: DriftColumns;
    filter: RawFilter | null;
    raw: boolean;
    signal: AbortSignal | undefined;
  },
): Promise<Compared> {
  const { columns, reference, raw } = request;
  const all = [...columns.features, columns.prediction, columns.score];
  const [names, sides] = await Promise.all([
    loadNames(db, record, all),
    raw ? null : readSides(db, record, { ...request, columns: all }),
  ]);
  const drifts = new Map<number, FeatureDrift>();
  const against = { what: REFERENCE_WORDS[reference.kind], isBaseline: reference.kind === "baseline" };
  const visit = (column: DriftColumn, sides: { reference: Side | null; current: Side }) => {
    const display = column.baseline && column.baseline.display.length > 0 ? column.baseline.display : null;
    drifts.set(column.id, compareColumn({ ...column, ...sides, display, nameOf: names(column), against }));
  };
  let counted: { n: number; nReference: number; cut: boolean };
  if (sides) {
    for (const column of all) visit(column, sides.of(column));
    counted = { ...sides, cut: true };
  } else counted = await rawTurn.take(() => visitRawSides(db, record, { ...request, columns: all }, visit));
  const outcome = (column: DriftColumn) => {
    const drift = drifts.get(column.id)!;
    // Decided by itself: it is not one of the features that are tested together.
    return drift.n_current + drift.n_reference > 0 ? decide([drift])[0]! : null;
  };
  return {
    n: counted.n,
    nReference: counted.nReference,
    cut: counted.cut,
    features: decide(columns.features.map((column) => drifts.get(column.id)!)),
    prediction: outcome(columns.prediction),
    score: outcome(columns.score),
  };
}

function summarise(
  features: readonly FeatureDrift[],
  about: { reference: Reference; n: number; nReference: number; data: DataSpan | null; waiting: boolean },
): Pick<DriftReport, "drift_detected" | "drifted_share" | "tested" | "reason"> {
  const tested = features.filter((feature) => feature.drift_detected !== null);
  if (tested.length === 0) {
    return { drift_detected: null, drifted_share: null, tested: 0, reason: whyNothing(features, about) };
  }
  const drifted = tested.filter((feature) => feature.drift_detected);
  return {
    drift_detected: drifted.length > 0,
    drifted_share: drifted.length / tested.length,
    tested: tested.length,
    reason: about.waiting
      ? "the summaries are being counted anew for the new baseline, so this report has read every row"
      : null,
  };
}

function whyNothing(
  features: readonly FeatureDrift[],
  {
    reference,
    n,
    nReference,
    data,
  }: { reference: Reference; n: number; nReference: number; data: DataSpan | null },
): string {
  if (data === null) return "nothing has been logged for this version yet";
  if (n === 0) return "there are no predictions in the window: widen or move it";
  if (nReference === 0) {
    return reference.kind === "previous"
      ? "there is no baseline and nothing was logged in the window before this one: put a baseline, or choose a reference window"
      : `${REFERENCE_WORDS[reference.kind]} has no rows: choose another`;
  }
  if (features.length === 0) return "no feature of this version is monitored";
  return features[0]!.reason ?? "no feature can be compared";
}
