import type { Database } from "@/lib/db/client";
import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";
import { type BucketPlace, compactBucket } from "./compact";

/** Parts of a bucket that readers are left with while it is being written to. */
const MOST_PARTS = 32;

/** A bucket that nobody has written to for this long is made one part. */
const QUIET_MS = 10_000;

/** Buckets kept in mind; the nightly work finds those that were forgotten. */
const MOST_BUCKETS = 20_000;

type Entry = { at: BucketPlace; parts: number; writtenMs: number };

/** Compacts, in the background and one at a time, the buckets that this process writes to. One per process. */
export class Compactor {
  readonly #entries = new Map<string, Entry>();
  #due: Entry[] = [];
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly db: Database,
    private readonly clock: () => number = Date.now,
  ) {}

  /** Takes note of a part that was added to each of some buckets. */
  note(
    place: Omit<BucketPlace, "grain" | "startMs">,
    buckets: readonly Pick<BucketPlace, "grain" | "startMs">[],
  ): void {
    const writtenMs = this.clock();
    for (const { grain, startMs } of buckets) {
      const key = `${place.modelId}/${place.versionId}/${place.baselineId}/${grain}/${startMs}`;
      const entry = this.#entries.get(key) ?? { at: { ...place, grain, startMs }, parts: 0, writtenMs };
      entry.parts++;
      entry.writtenMs = writtenMs;
      // Again, so that the map keeps the order of writing.
      this.#entries.delete(key);
      this.#entries.set(key, entry);
      if (entry.parts === MOST_PARTS) this.#due.push(entry);
    }
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= MOST_BUCKETS) break;
      this.#entries.delete(key);
    }
    if (this.#due.length > 0) void this.run();
    this.#schedule();
  }

  /** Compacts what is due; resolves when that is done. */
  run(): Promise<void> {
    this.#running ??= this.#work().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** Stops after the bucket under way. */
  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#entries.clear();
    this.#due = [];
    await this.#running;
  }

  async #work(): Promise<void> {
    try {
      for (let entry = this.#next(); entry; entry = this.#next()) {
        entry.parts = 1;
        await compactBucket(this.db, entry.at);
      }
    } catch (error) {
      // Counts are whole all the same, only slower to read.
      log.warn(
        { error: forLog(error) },
        "could not compact summaries; the next write or the nightly work tries again",
      );
    }
  }

  #next(): Entry | undefined {
    const due = this.#due.shift();
    if (due) return due;
    const quietSince = this.clock() - QUIET_MS;
    for (const [key, entry] of this.#entries) {
      if (entry.writtenMs > quietSince) return undefined;
      this.#entries.delete(key);
      if (entry.parts > 1) return entry;
    }
    return undefined;
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.run().then(() => {
        if (this.#entries.size > 0) this.#schedule();
      });
    }, QUIET_MS).unref();
  }
}
