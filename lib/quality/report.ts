import { readBaselineFeatures } from "@/lib/baselines/store";
import type { Database } from "@/lib/db/client";
import { loadBins } from "@/lib/models/context";
import { getVersion, type VersionRecord } from "@/lib/models/store";
import { readCategoryNames } from "@/lib/predictions/browse-store";
import type { Bins } from "@/lib/summaries/binner";
import { resolveWindow } from "@/lib/summaries/default-window";
import { emptyHistogram, type Histogram, mergeHistogram } from "@/lib/summaries/histogram";
import { planReading, readBuckets } from "@/lib/summaries/read";
import { readDataSpan } from "@/lib/summaries/store";
import { bucketStart, bucketStarts, showSpan } from "@/lib/summaries/window";
import type { Bucket } from "@/lib/wire";
import { columnQuality, NAMED, newCategories, rankCategories, TOP } from "./compute";
import { addCounts, addLatency, describeLatency, type Latency, noLatency, quantiles } from "./latency";
import type { QualityReport } from "./schema";
import { readRawTraffic, readStoredTraffic, type TrafficPart } from "./store";

const DEFAULT_DAYS = 28;

export type QualityRequest = {
  model: string;
  version: string;
  from?: string | null | undefined;
  to?: string | null | undefined;
  bucket?: Bucket | undefined;
};

/**
 * The state of a version's data over `[from, to)`: per column what is missing, out of the baseline's range or in no
 * category of it, and per bucket volume, failures and latency. From summaries; raw rows for edges inside an hour.
 */
export async function reportQuality(
  db: Database,
  request: QualityRequest,
  { nowMs = Date.now() }: { nowMs?: number } = {},
): Promise<QualityReport> {
  const record = await getVersion(db, request.model, request.version);
  const bucket = request.bucket ?? "day";
  const span = await resolveWindow(db, record, request, { days: DEFAULT_DAYS, nowMs });
  const starts = bucketStarts(bucket, span);
  const bins = await loadBins(db, record);
  const columnBins = new Map<number, Bins>(record.columns.map((column, i) => [column.id, bins.columns[i]!]));
  const { stored, raw } = planReading(span, { finest: bucket === "hour" ? 1 : 24, mark: null });
  const [buckets, baseline, storedTraffic, rawTraffic, data] = await Promise.all([
    readBuckets(db, record, { span, bins: columnBins, bucket }),
    readBaselineFeatures(db, record),
    readStoredTraffic(db, record, stored),
    readRawTraffic(db, record, raw, bucket),
    readDataSpan(db, record),
  ]);
  const totals = new Map(
    record.columns.map(({ id }): [number, Histogram] => {
      const total = emptyHistogram();
      for (const each of buckets) mergeHistogram(total, each.columns.get(id)!);
      return [id, total];
    }),
  );
  const references = new Map([...baseline].map(([id, feature]) => [id, feature.histogram]));
  const names = await categoryNames(db, record, totals, references);
  const traffic = gather([...storedTraffic, ...rawTraffic], bucket);
  const all = total(traffic.values());
  return {
    model: record.model,
    version: record.version,
    window: showSpan(span),
    bucket,
    n: all.n,
    errors: all.errors,
    latency_ms: describeLatency(all.latency),
    buckets: starts.map((startMs) => {
      const { n, errors, latency } = traffic.get(startMs) ?? emptyTraffic();
      return {
        start: new Date(startMs).toISOString(),
        n,
        errors,
        latency_p95_ms: quantiles(latency, [0.95])?.[0] ?? null,
      };
    }),
    features: record.columns.map((column) =>
      columnQuality({
        column,
        current: totals.get(column.id)!,
        series: buckets.map((each) => each.columns.get(column.id)!),
        reference: references.get(column.id) ?? null,
        edges: baseline.get(column.id)?.edges ?? new Float64Array(0),
        alpha: column.thresholds?.alpha ?? record.settings.alpha,
        nameOf: (code) => names.get(`${column.id}:${code}`) ?? String(code),
      }),
    ),
    fresh_to: data ? new Date(data.receivedMs).toISOString() : null,
  };
}

type Traffic = { n: number; errors: number; latency: Latency };

const emptyTraffic = (): Traffic => ({ n: 0, errors: 0, latency: noLatency() });

function gather(parts: readonly TrafficPart[], bucket: Bucket): Map<number, Traffic> {
  const traffic = new Map<number, Traffic>();
  for (const part of parts) {
    const startMs = bucketStart(bucket, part.startMs);
    const into = traffic.get(startMs) ?? emptyTraffic();
    traffic.set(startMs, into);
    into.n += part.n;
    into.errors += part.errors;
    if ("values" in part.latency) {
      for (const value of part.latency.values) addLatency(into.latency, value);
    } else {
      into.latency.n += part.latencyN;
      into.latency.sum += part.latencySum;
      addCounts(into.latency, part.latency.counts);
    }
  }
  return traffic;
}

function total(traffic: Iterable<Traffic>): Traffic {
  const all = emptyTraffic();
  for (const { n, errors, latency } of traffic) {
    all.n += n;
    all.errors += errors;
    all.latency.n += latency.n;
    all.latency.sum += latency.sum;
    addCounts(all.latency, latency.counts);
  }
  return all;
}

/** Names of the categories that the reply will mention; a column of ids has millions of others. */
async function categoryNames(
  db: Database,
  record: VersionRecord,
  totals: ReadonlyMap<number, Histogram>,
  references: ReadonlyMap<number, Histogram>,
): Promise<Map<string, string>> {
  const wanted = record.columns
    .filter((column) => column.type === "categorical")
    .flatMap(({ id }) => {
      const current = totals.get(id)!;
      const reference = references.get(id);
      const fresh = reference ? newCategories({ reference, current }).slice(0, NAMED) : [];
      return [...rankCategories(current).slice(0, TOP), ...fresh].map(([code]) => ({ featureId: id, code }));
    });
  const found = await readCategoryNames(db, record, wanted);
  return new Map(found.map(({ featureId, code, value }) => [`${featureId}:${code}`, value]));
}
