import type { Database } from "@/lib/db/client";
import { PREDICTION, SCORE } from "@/lib/models/store";
import type { Bucket } from "@/lib/wire";
import type { Bins } from "./binner";
import { readStored } from "./kept";
import { type RawFilter, type RawSlice, scanRaw } from "./raw";
import { type GrainSpan, type Place, readRebuildMark } from "./store";
import { roomOf, Tally } from "./tally";
import { bucketStart, bucketStarts, planWindow, type Span } from "./window";

/** What is counted about the rows of a window or bucket. */
export type Counted = {
  /** Rows, failed predictions included. */
  n: number;
  errors: number;
  columns: Map<number, Tally>;
};

export type CountedBucket = Counted & { startMs: number };

export type CountRequest = {
  span: Span;
  /** The columns wanted and the bins they are counted in. */
  bins: ReadonlyMap<number, Bins>;
  /** Only rows of one segment: read one by one. */
  filter?: RawFilter | null;
  signal?: AbortSignal | undefined;
};

type Version = Place & { baselineId: number };

/**
 * Counts of a window `[from, to)`, exact to the millisecond: whole days and hours from summaries, the edges inside an
 * hour (and what still waits for its summaries after a change of baseline) from raw rows. Costs days × columns,
 * however many predictions there were.
 */
export async function readWindow(db: Database, version: Version, request: CountRequest): Promise<Counted> {
  const buckets = await read(db, version, request, { bucketOf: () => 0, finest: null });
  return buckets.get(0) ?? emptyCounted(request.bins);
}

/**
 * Counts per bucket, one entry for each bucket that the window touches.
 * @throws TidemarkError `bad_request` when the window has too many buckets
 */
export async function readBuckets(
  db: Database,
  version: Version,
  request: CountRequest & { bucket: Bucket },
): Promise<CountedBucket[]> {
  const starts = bucketStarts(request.bucket, request.span);
  const counted = await read(db, version, request, {
    bucketOf: (ms) => bucketStart(request.bucket, ms),
    finest: request.bucket === "hour" ? 1 : 24,
  });
  return starts.map((startMs) => ({ startMs, ...(counted.get(startMs) ?? emptyCounted(request.bins)) }));
}

/** finest: the coarsest stored grain that still tells buckets apart; null = there is one bucket only. */
type Grouping = { bucketOf: (ms: number) => number; finest: 1 | 24 | null };

async function read(
  db: Database,
  version: Version,
  { span, bins, filter, signal }: CountRequest,
  { bucketOf, finest }: Grouping,
): Promise<Map<number, Counted>> {
  const buckets = new Map<number, Counted>();
  const at = (ms: number) => {
    const key = bucketOf(ms);
    let bucket = buckets.get(key);
    if (!bucket) {
      bucket = emptyCounted(bins);
      buckets.set(key, bucket);
    }
    return bucket;
  };
  const mark = filter ? Number.POSITIVE_INFINITY : await readRebuildMark(db, version);
  const { stored, raw } = planReading(span, { finest: finest ?? 24, mark });
  await addStored(db, version, { stored, featureIds: [...bins.keys()], at });
  const featureIds = [...new Set([...bins.keys(), PREDICTION])];
  for (const part of raw) {
    const scan = scanRaw(db, version, {
      span: part,
      featureIds,
      filter: filter ?? null,
      ordered: finest !== null,
      signal,
    });
    for await (const slice of scan) addSlice(slice, { bins, bucketOf, at });
  }
  for (const bucket of buckets.values()) settleOutcome(bucket);
  return buckets;
}

/** Stored parts and raw parts of a window; before the mark nothing stored can be trusted yet. */
export function planReading(
  { fromMs, toMs }: Span,
  { finest, mark }: { finest: 1 | 24; mark: number | null },
): { stored: GrainSpan[]; raw: Span[] } {
  const from = Math.min(toMs, Math.max(fromMs, mark ?? fromMs));
  const { days, hours, raw } = planWindow({ fromMs: from, toMs });
  const stored: GrainSpan[] = hours.map((hour) => ({ ...hour, grain: 1 }));
  if (days) stored.push({ ...days, grain: finest });
  return { stored, raw: fromMs < from ? [{ fromMs, toMs: from }, ...raw] : raw };
}

async function addStored(
  db: Database,
  version: Version,
  { stored, featureIds, at }: { stored: GrainSpan[]; featureIds: number[]; at: (ms: number) => Counted },
): Promise<void> {
  for (const { startMs, traffic, features } of await readStored(db, version, stored, featureIds)) {
    const bucket = at(startMs);
    for (const { featureId, histogram } of features) {
      const into = bucket.columns.get(featureId)!;
      into.add(histogram);
      if (featureId > 0) into.missing -= histogram.missing + histogram.n;
    }
    if (!traffic) continue;
    bucket.n += traffic.n;
    bucket.errors += traffic.errors;
    // Missing is what the bucket's rows lack, so that a column younger than the bucket counts as missing from its
    // first rows. Where no column was counted at all (raw rows gone before a re-count), nothing is known.
    if (features.length === 0) continue;
    for (const [id, histogram] of bucket.columns) if (id > 0) histogram.missing += traffic.n;
  }
}

function addSlice(
  slice: RawSlice,
  {
    bins,
    bucketOf,
    at,
  }: { bins: ReadonlyMap<number, Bins>; bucketOf: (ms: number) => number; at: (ms: number) => Counted },
): void {
  const predictions = slice.columns.get(PREDICTION)!;
  for (const [from, to] of runs(slice.tsMs, bucketOf)) {
    const into = at(slice.tsMs[from]!);
    into.n += to - from;
    for (let i = from; i < to; i++) if (Number.isNaN(predictions[i])) into.errors++;
    for (const id of bins.keys()) {
      into.columns.get(id)!.addValues(slice.columns.get(id)!.subarray(from, to));
    }
  }
}

/** Stretches of rows that fall into one bucket. */
function* runs(tsMs: Float64Array, bucketOf: (ms: number) => number): Generator<[number, number]> {
  let from = 0;
  for (let i = 1; i <= tsMs.length; i++) {
    if (i < tsMs.length && bucketOf(tsMs[i]!) === bucketOf(tsMs[from]!)) continue;
    yield [from, i];
    from = i;
  }
}

/** A failed prediction has no outcome to miss; a model that never scores misses no score. */
function settleOutcome({ n, errors, columns }: Counted): void {
  const prediction = columns.get(PREDICTION);
  if (prediction) prediction.missing = 0;
  const score = columns.get(SCORE);
  if (score) score.missing = score.n > 0 ? Math.max(0, n - errors - score.n) : 0;
}

function emptyCounted(bins: ReadonlyMap<number, Bins>): Counted {
  // One array for all columns: a timeline has tens of thousands of them.
  let size = 0;
  for (const column of bins.values()) size += roomOf(column);
  const room = new Float64Array(size);
  let at = 0;
  const columns = new Map<number, Tally>();
  for (const [id, column] of bins) {
    const end = at + roomOf(column);
    columns.set(id, new Tally(column, room.subarray(at, end)));
    at = end;
  }
  return { n: 0, errors: 0, columns };
}
