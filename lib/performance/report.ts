import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getVersion } from "@/lib/models/store";
import { resolveSegment } from "@/lib/predictions/segment";
import { resolveWindow } from "@/lib/summaries/default-window";
import { countRaw, MOST_RAW_ROWS } from "@/lib/summaries/raw";
import { planReading } from "@/lib/summaries/read";
import { readDataSpan } from "@/lib/summaries/store";
import { HOUR_MS } from "@/lib/summaries/summarise";
import { BUCKET_MS, bucketStarts, type Span, showSpan } from "@/lib/summaries/window";
import type { Bucket } from "@/lib/wire";
import { baselineOf } from "./baseline-of";
import { calibrate } from "./calibration";
import { measure, scoreHistograms } from "./compute";
import { reportConcept } from "./concept";
import { confusionMatrix } from "./confusion";
import { readLabelHistory, readRecentOutcomes } from "./history-store";
import { measureIn } from "./measure-in";
import { maturity } from "./ripeness";
import type { PerformanceReport } from "./schema";
import { coverage, performanceSeries, primaryMetric } from "./series";
import { readOutcomes, readTrafficBuckets } from "./store";

/** Without from and to a report covers the newest four weeks with data. */
const DEFAULT_DAYS = 28;

export type PerformanceRequest = {
  model: string;
  version: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
  bucket?: Bucket | undefined;
  segment?: string | null | undefined;
};

/**
 * How a version performed over `[from, to)`: metrics of all labelled predictions and per bucket, the baseline beside
 * them, the chance band, label coverage, calibration, and concept drift as of the window's end.
 *
 * Read from summaries, so that it costs buckets and not predictions; raw rows are read for edges inside an hour and
 * for a segment. With a segment the baseline is cut alike; the concept drift detector and the settled label coverage
 * remain the whole version's.
 */
export async function reportPerformance(
  db: Database,
  request: PerformanceRequest,
  { nowMs = Date.now() }: { nowMs?: number } = {},
): Promise<PerformanceReport> {
  const record = await getVersion(db, request.model, request.version);
  const bucket = request.bucket ?? "day";
  const filter = await resolveSegment(db, record, request.segment);
  const span = await resolveWindow(db, record, request, { days: DEFAULT_DAYS, nowMs });
  const starts = bucketStarts(bucket, span);
  const how = await measureIn(db, record);
  const concept = how?.task === "regression" ? "mae" : "accuracy";
  const { concept_chunk: size, concept_window: window } = record.settings;
  const reading = { ...(await plan(db, record, span, bucket, filter !== null)), bucket, filter };

  const [traffic, outcomes, history, recent, baseline, whole, data] = await Promise.all([
    readTrafficBuckets(db, record, reading),
    readOutcomes(db, record, reading),
    readLabelHistory(db, record, bucket),
    readRecentOutcomes(db, record, {
      beforeMs: Math.floor(span.toMs / HOUR_MS) * HOUR_MS,
      enough: size * window,
      measure: concept,
    }),
    baselineOf(db, record, filter),
    filter ? baselineOf(db, record) : null,
    readDataSpan(db, record),
  ]);

  const measured = how ? measure(how, outcomes.total) : null;
  const primary = how && measured ? primaryMetric(how, measured.metrics, baseline) : null;
  const all = { n: 0, errors: 0 };
  for (const { n, errors } of traffic.values()) {
    all.n += n;
    all.errors += errors;
  }
  const detector = filter ? whole : baseline;
  return {
    model: record.model,
    version: record.version,
    window: showSpan(span),
    bucket,
    task: how?.task ?? null,
    positive_class: how?.task === "binary" ? (record.classes[how.positive - 1] ?? null) : null,
    ...all,
    labelled: measured?.n ?? 0,
    coverage: coverage(all, measured?.n ?? 0),
    primary,
    metrics: measured?.metrics ?? {},
    error_bounds: measured?.errorBounds ?? {},
    baseline:
      baseline && baseline.labelled > 0
        ? { n: baseline.labelled, metrics: baseline.metrics, label_mean: baseline.labelMean }
        : null,
    label_mean: measured?.labelMean ?? null,
    confusion:
      how && how.task !== "regression" ? confusionMatrix(record.classes, outcomes.total.cells) : null,
    calibration:
      how?.task === "binary" ? calibrate(scoreHistograms(how.positive, outcomes.total.scores)) : null,
    series: performanceSeries(starts, {
      traffic,
      outcomes: outcomes.buckets,
      how,
      primary,
      baseline,
      maturity: maturity(history, BUCKET_MS[bucket]),
    }),
    concept_drift: reportConcept(
      concept,
      recent,
      detector && detector.labelled > 0 ? detector.chunks : null,
      record.settings,
    ),
    fresh_to: data ? new Date(data.receivedMs).toISOString() : null,
  };
}

/** Stored buckets for whole hours, raw rows for the rest; raw rows alone for a segment. */
async function plan(
  db: Database,
  at: { modelId: number; versionId: number },
  span: Span,
  bucket: Bucket,
  segment: boolean,
) {
  if (!segment) return planReading(span, { finest: bucket === "hour" ? 1 : 24, mark: null });
  const n = await countRaw(db, at, span);
  if (n > MOST_RAW_ROWS) {
    throw new TidemarkError(
      "too_large",
      `the window holds ${n} predictions and at most ${MOST_RAW_ROWS} are read one by one for a segment: take a shorter window`,
    );
  }
  return { stored: [], raw: [span] };
}
