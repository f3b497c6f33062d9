import { breathe } from "@/lib/baselines/breathe";
import { readBaselineColumn } from "@/lib/baselines/store";
import type { Database } from "@/lib/db/client";
import { getVersion, type VersionRecord } from "@/lib/models/store";
import { resolveSegment } from "@/lib/predictions/segment";
import { countColumn } from "@/lib/summaries/count-column";
import { emptyHistogram, type Histogram } from "@/lib/summaries/histogram";
import type { RawFilter } from "@/lib/summaries/raw";
import { readBuckets, readWindow } from "@/lib/summaries/read";
import { readDataSpan, readLastTime } from "@/lib/summaries/store";
import { DAY_MS } from "@/lib/summaries/summarise";
import { BUCKET_MS, type Span, showSpan } from "@/lib/summaries/window";
import type { Bucket } from "@/lib/wire";
import { type DriftColumn, loadDriftColumns } from "./columns";
import { driftCourse, rememberedBand } from "./drift-course";
import { driftWindow, REFERENCE_WORDS, type Reference, resolveReference } from "./resolve";
import type { DriftTimeline, TimelineRow } from "./schema";

/** Without from and to a timeline covers the newest month with data. */
const DEFAULT_DAYS = 30;

/** A bucket whose last twentieth is empty is still filling, one that misses a few minutes is not. */
const FULL = 0.95;

export type TimelineRequest = {
  model: string;
  version: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
  /** By default the finest that gives at most about 120 buckets. */
  bucket?: Bucket | null | undefined;
  reference?: string | null | undefined;
  segment?: string | null | undefined;
};

/**
 * How far each feature, the prediction and the score were from the reference in each bucket of the window, with what
 * chance alone would do at that bucket's size. null = nothing measured there.
 * @throws TidemarkError as reportDrift, and `bad_request` above 1,000 buckets
 */
export async function reportTimeline(
  db: Database,
  request: TimelineRequest,
  { nowMs = Date.now(), signal }: { nowMs?: number; signal?: AbortSignal } = {},
): Promise<DriftTimeline> {
  const record = await getVersion(db, request.model, request.version);
  const [data, filter, columns] = await Promise.all([
    readDataSpan(db, record),
    resolveSegment(db, record, request.segment),
    loadDriftColumns(db, record),
  ]);
  const span = driftWindow(request, { data, days: DEFAULT_DAYS, nowMs });
  const bucket = request.bucket ?? fittingBucket(span);
  const reference = await resolveReference(db, record, request.reference, span);
  const all = [...columns.features, columns.prediction, columns.score];
  const bins = new Map(all.map((column) => [column.id, column.bins]));
  const [buckets, before, lastMs] = await Promise.all([
    readBuckets(db, record, { span, bucket, bins, filter, signal }),
    readReference(db, record, { reference, columns: all, filter }),
    data && readLastTime(db, record, data),
  ]);
  const band = rememberedBand();
  const row = (column: DriftColumn): TimelineRow => ({
    name: column.name,
    type: column.type,
    effect_floor: column.thresholds.effect_floor,
    ...driftCourse(column, {
      reference: before.of(column),
      buckets: buckets.map((counted) => counted.columns.get(column.id)!),
      band,
    }),
  });
  const outcome = (column: DriftColumn) => {
    const course = row(column);
    return course.n.some((n) => n > 0) ? course : null;
  };
  const features: TimelineRow[] = [];
  for (const column of columns.features) {
    features.push(row(column));
    // A month of hours takes ten milliseconds a feature.
    await breathe();
  }
  return {
    model: record.model,
    version: record.version,
    window: showSpan(span),
    bucket,
    reference: {
      kind: reference.kind,
      n: before.n,
      label: reference.label,
      segment_applied: filter ? before.cut : null,
    },
    reason:
      before.n > 0
        ? null
        : `${REFERENCE_WORDS[reference.kind]} has no rows, so there is nothing to compare with`,
    buckets: buckets.map(({ startMs, n }) => ({
      start: new Date(startMs).toISOString(),
      n,
      filling: lastMs !== null && isFilling(startMs, BUCKET_MS[bucket], lastMs),
    })),
    features,
    prediction: outcome(columns.prediction),
    score: outcome(columns.score),
  };
}

function isFilling(startMs: number, lengthMs: number, lastMs: number): boolean {
  return lastMs >= startMs && lastMs < startMs + FULL * lengthMs;
}

function fittingBucket({ fromMs, toMs }: Span): Bucket {
  const days = (toMs - fromMs) / DAY_MS;
  return days <= 5 ? "hour" : days <= 180 ? "day" : "week";
}

type ReferenceCounts = { n: number; cut: boolean; of: (column: DriftColumn) => Histogram | null };

async function readReference(
  db: Database,
  record: VersionRecord,
  {
    reference,
    columns,
    filter,
  }: { reference: Reference; columns: readonly DriftColumn[]; filter: RawFilter | null },
): Promise<ReferenceCounts> {
  if (reference.span) {
    const bins = new Map(columns.map((column) => [column.id, column.bins]));
    const counted = await readWindow(db, record, { span: reference.span, bins, filter });
    return { n: counted.n, cut: true, of: (column) => counted.columns.get(column.id) ?? null };
  }
  const key = filter && (await readBaselineColumn(db, record, filter.featureId));
  if (!key) {
    return { n: reference.rows!, cut: false, of: (column) => column.baseline?.histogram ?? null };
  }
  const cut = new Map<number, Histogram>();
  for (const column of columns) {
    const values = await readBaselineColumn(db, record, column.id);
    if (!values) continue;
    const histogram = emptyHistogram();
    countColumn(
      histogram,
      column.bins,
      values.filter((_, i) => key[i] === filter!.code),
    );
    cut.set(column.id, histogram);
  }
  const n = key.reduce((sum, code) => sum + (code === filter!.code ? 1 : 0), 0);
  return { n, cut: true, of: (column) => cut.get(column.id) ?? null };
}
