import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { ParsedRow } from "@/lib/predictions/parse";
import type { Fate } from "@/lib/predictions/write";
import { Compactor } from "@/lib/summaries/compactor";
import { DAY_MS } from "@/lib/summaries/summarise";
import type { ParsedLabel } from "@/lib/truth/parse";
import type { LabelFate } from "@/lib/truth/write";
import { Lane, type LaneCaches } from "./lane";

const MOST_LANES = 1000;

/**
 * All writes of one process: a lane per model, and one bound on the rows that wait. A request that would go over the
 * bound is refused at once, so that a slow store costs its clients time and never the process its memory.
 */
export class Gate {
  private readonly lanes = new Map<string, Lane>();
  private readonly caches: LaneCaches;
  private waiting = 0;
  private waiters: (() => void)[] = [];
  /** Rows per second of late, to tell clients how long to wait. */
  private rate = 5000;

  constructor(
    private readonly db: Database,
    private readonly options: { mostRows: number; concurrency: number; retentionDays?: number | undefined },
  ) {
    this.caches = {
      contexts: new Map(),
      months: new Set(),
      compactor: new Compactor(db),
      targets: new Map(),
      classes: new Map(),
    };
  }

  /** Ends the work in the background. */
  close(): Promise<void> {
    return this.caches.compactor.close();
  }

  /** The earliest time a row may have. */
  oldestMs(nowMs: number): number {
    const { retentionDays } = this.options;
    return retentionDays === undefined ? 0 : nowMs - retentionDays * DAY_MS;
  }

  /** Rows that are queued or being written. */
  get depth(): number {
    return this.waiting;
  }

  predictions(model: string, version: string, rows: ParsedRow[]): Promise<Fate[]> {
    return this.pass(rows.length, () => this.lane(model).predictions(version, rows));
  }

  labels(model: string, rows: ParsedLabel[]): Promise<LabelFate[]> {
    return this.pass(rows.length, () => this.lane(model).labels(rows));
  }

  /** Waits, for a stream, until there is room again. It is told first: requests that come later would fill it anew. */
  async room(): Promise<void> {
    while (!this.roomy) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  private get roomy(): boolean {
    return this.waiting <= this.options.mostRows / 2;
  }

  /** @throws TidemarkError `overloaded` when no more rows may wait. */
  check(): void {
    if (this.waiting >= this.options.mostRows) {
      throw new TidemarkError(
        "overloaded",
        `${this.waiting} rows are waiting for the store; send this batch again later`,
        {
          retryAfterSeconds: Math.max(1, Math.min(60, Math.ceil(this.waiting / 2 / this.rate))),
        },
      );
    }
  }

  private async pass<Result>(size: number, write: () => Promise<Result>): Promise<Result> {
    if (size === 0) return [] as Result;
    this.check();
    this.waiting += size;
    const began = performance.now();
    const ahead = this.waiting;
    try {
      return await write();
    } finally {
      this.waiting -= size;
      if (this.roomy) for (const wake of this.waiters.splice(0)) wake();
      const seconds = (performance.now() - began) / 1000;
      if (seconds > 0) this.rate = 0.9 * this.rate + 0.1 * Math.max(100, ahead / seconds);
    }
  }

  private lane(model: string): Lane {
    let lane = this.lanes.get(model);
    if (!lane) {
      if (this.lanes.size >= MOST_LANES) this.sweep();
      lane = new Lane(this.db, this.caches, model, this.options.concurrency);
      this.lanes.set(model, lane);
    }
    return lane;
  }

  private sweep(): void {
    for (const [model, lane] of this.lanes) if (lane.idle) this.lanes.delete(model);
    this.caches.contexts.clear();
    this.caches.targets.clear();
    this.caches.classes.clear();
  }
}
