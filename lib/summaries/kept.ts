import type { Database } from "@/lib/db/client";
import {
  type BucketStamp,
  type FeatureRow,
  type GrainSpan,
  type Place,
  readStamps,
  readSummaries,
  type TrafficRow,
} from "./store";
import { type Grain, HOUR_MS } from "./summarise";

/** Counts held in memory. Some 4 to 6 bytes a bin: a month of 20 columns takes 1 MB by the day and 20 MB by the hour. */
const MOST_BYTES = 96 * 1024 * 1024;
/** Rows a statement reads: some 10 MB. */
const ROWS_A_READ = 4_000;
/** Statements under way at once, each on a core of the database: writing the arrays out is most of the work. */
const READS_AT_ONCE = 3;

type Version = Place & { baselineId: number };

/** One stored bucket: its traffic, and the rows of its columns, which add up. */
export type StoredBucket = {
  grain: Grain;
  startMs: number;
  traffic: TrafficRow | null;
  features: FeatureRow[];
};

type Kept = { bucket: StoredBucket; stamp: string; bytes: number };
/** The buckets of one version and choice of columns, by grain and start. */
type Shelf = Map<string, Kept>;
/** Least recently used first. */
type Shelves = { byKey: Map<string, Shelf>; bytes: number };

const shelvesOf = new WeakMap<Database, Shelves>();

/**
 * Traffic and histograms of some columns per stored bucket. Most of a report's buckets lie in the past and do not
 * change: they are kept, and each time the store is asked whether their rows are still the ones that were read (see
 * {@link readStamps}), so that nothing has to tell this cache of a write, a re-count or another process.
 */
export async function readStored(
  db: Database,
  version: Version,
  spans: readonly GrainSpan[],
  featureIds: readonly number[],
): Promise<StoredBucket[]> {
  const key = [version.modelId, version.versionId, version.baselineId, ":", ...featureIds].join();
  const shelves = shelvesOf.get(db) ?? { byKey: new Map(), bytes: 0 };
  shelvesOf.set(db, shelves);
  const shelf: Shelf = shelves.byKey.get(key) ?? new Map();
  // Last in the order of use.
  shelves.byKey.delete(key);
  shelves.byKey.set(key, shelf);

  const found: StoredBucket[] = [];
  let missing: readonly GrainSpan[] = spans;
  if (shelf.size > 0) {
    const changed: GrainSpan[] = [];
    for (const [name, { grain, startMs, stamp }] of addStamps(
      await readStamps(db, version, spans, featureIds),
    )) {
      const kept = shelf.get(name);
      if (kept?.stamp === stamp) found.push(kept.bucket);
      else changed.push({ grain, fromMs: startMs, toMs: startMs + grain * HOUR_MS });
    }
    missing = changed;
  }
  const pieces = piecesOf(missing, Math.max(1, Math.floor(ROWS_A_READ / featureIds.length))).values();
  const readSome = async () => {
    for (const piece of pieces) {
      for (const [name, kept] of toBuckets(await readSummaries(db, version, piece, featureIds))) {
        found.push(kept.bucket);
        if (shelves.byKey.get(key) !== shelf) continue;
        shelves.bytes += kept.bytes - (shelf.get(name)?.bytes ?? 0);
        shelf.set(name, kept);
      }
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, readSome));
  for (const [oldest, { size }] of shelves.byKey) {
    if (shelves.bytes <= MOST_BYTES && size > 0) break;
    drop(shelves, oldest);
  }
  // Sums depend on the order in their last digit.
  return found.sort((a, b) => a.startMs - b.startMs || a.grain - b.grain);
}

function drop(shelves: Shelves, key: string): void {
  for (const { bytes } of shelves.byKey.get(key)!.values()) shelves.bytes -= bytes;
  shelves.byKey.delete(key);
}

const nameOf = ({ grain, startMs }: { grain: Grain; startMs: number }) => `${grain}/${startMs}`;

/** A bucket is unchanged when both its traffic and its columns are. */
const joinStamps = (stamps: { traffic: string; features: string }) => `${stamps.traffic} ${stamps.features}`;

function addStamps(
  stamps: readonly BucketStamp[],
): Map<string, { grain: Grain; startMs: number; stamp: string }> {
  const buckets = new Map<string, { grain: Grain; startMs: number; traffic: string; features: string }>();
  for (const { grain, startMs, of, stamp } of stamps) {
    const name = nameOf({ grain, startMs });
    const bucket = buckets.get(name) ?? { grain, startMs, traffic: "", features: "0" };
    bucket[of] = stamp;
    buckets.set(name, bucket);
  }
  return new Map(
    [...buckets].map(([name, { grain, startMs, ...both }]) => [
      name,
      { grain, startMs, stamp: joinStamps(both) },
    ]),
  );
}

function toBuckets({ traffic, features }: Awaited<ReturnType<typeof readSummaries>>): Map<string, Kept> {
  type Open = StoredBucket & { stamp: string; sum: bigint; bytes: number };
  const buckets = new Map<string, Open>();
  const at = (row: { grain: Grain; startMs: number }) => {
    const name = nameOf(row);
    let bucket = buckets.get(name);
    if (!bucket) {
      const { grain, startMs } = row;
      bucket = { grain, startMs, traffic: null, features: [], stamp: "", sum: 0n, bytes: 200 };
      buckets.set(name, bucket);
    }
    return bucket;
  };
  for (const { stamp, ...row } of traffic) Object.assign(at(row), { traffic: row, stamp });
  for (const { stamp, ...row } of features) {
    const bucket = at(row);
    bucket.features.push(row);
    bucket.sum += BigInt(stamp);
    bucket.bytes += 400 + row.histogram.keys.byteLength + row.histogram.amounts.byteLength;
  }
  return new Map(
    [...buckets].map(([name, { stamp, sum, bytes, ...bucket }]) => [
      name,
      { bucket, bytes, stamp: joinStamps({ traffic: stamp, features: String(sum) }) },
    ]),
  );
}

/** Spans put together where they touch, then cut into pieces that are read side by side. */
function piecesOf(spans: readonly GrainSpan[], buckets: number): GrainSpan[][] {
  const runs: GrainSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.grain - b.grain || a.fromMs - b.fromMs)) {
    const last = runs.at(-1);
    if (last && last.grain === span.grain && last.toMs === span.fromMs) last.toMs = span.toMs;
    else runs.push({ ...span });
  }
  const pieces: GrainSpan[][] = [];
  let room = 0;
  for (const { grain, fromMs, toMs } of runs) {
    for (let from = fromMs; from < toMs; ) {
      if (room === 0) {
        pieces.push([]);
        room = buckets;
      }
      const to = Math.min(toMs, from + room * grain * HOUR_MS);
      pieces.at(-1)!.push({ grain, fromMs: from, toMs: to });
      room -= Math.ceil((to - from) / (grain * HOUR_MS));
      from = to;
    }
  }
  return pieces;
}
