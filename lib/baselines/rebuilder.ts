import type { Database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { pendingRebuilds, rebuildSummaries, type VersionName } from "./rebuild";

/** Counts in the background, one version at a time, what was logged before a baseline came. One per process. */
export class Rebuilder {
  #queue: VersionName[] = [];
  #running: Promise<void> | null = null;
  readonly #stop = new AbortController();

  constructor(private readonly db: Database) {}

  /** Takes a version up, unless it waits already. */
  add(name: VersionName): void {
    if (this.#queue.some((other) => other.model === name.model && other.version === name.version)) return;
    this.#queue.push(name);
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** Takes up what an earlier process has left. */
  async resume(): Promise<void> {
    for (const name of await pendingRebuilds(this.db)) this.add(name);
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Stops after the day under way; what is left is taken up by the next process. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#queue = [];
    await this.idle();
  }

  async #run(): Promise<void> {
    for (let name = this.#queue.shift(); name; name = this.#queue.shift()) {
      try {
        await rebuildSummaries(this.db, name, { signal: this.#stop.signal });
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        log.error(
          { error, ...name },
          "could not re-count a version's rows; the next start or baseline tries again",
        );
      }
    }
  }
}
