import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import type { ParsedRow } from "@/lib/predictions/parse";
import { type Fate, type WriterCache, writePredictions } from "@/lib/predictions/write";
import type { ParsedLabel } from "@/lib/truth/parse";
import { type LabelCache, type LabelFate, writeLabels } from "@/lib/truth/write";

/** Rows gathered into one statement: enough to make its fixed cost small, few enough to answer in a blink. */
const MOST_ROWS = 4000;

type Job =
  | {
      kind: "predictions";
      version: string;
      rows: ParsedRow[];
      resolve(fates: Fate[]): void;
      reject(error: unknown): void;
    }
  | {
      kind: "labels";
      version: null;
      rows: ParsedLabel[];
      resolve(fates: LabelFate[]): void;
      reject(error: unknown): void;
    };

export type LaneCaches = WriterCache & LabelCache;

/**
 * The queue of one model's writes. While one statement is under way the requests that arrive are gathered into the
 * next (group commit), each answered after its own rows are committed.
 */
export class Lane {
  private readonly queue: Job[] = [];
  private running = 0;

  constructor(
    private readonly db: Database,
    private readonly caches: LaneCaches,
    private readonly model: string,
    /** Statements under way at once: 2 lets one be encoded while the store works on the other. */
    private readonly concurrency: number,
  ) {}

  get idle(): boolean {
    return this.running === 0 && this.queue.length === 0;
  }

  predictions(version: string, rows: ParsedRow[]): Promise<Fate[]> {
    return new Promise((resolve, reject) =>
      this.add({ kind: "predictions", version, rows, resolve, reject }),
    );
  }

  labels(rows: ParsedLabel[]): Promise<LabelFate[]> {
    return new Promise((resolve, reject) =>
      this.add({ kind: "labels", version: null, rows, resolve, reject }),
    );
  }

  private add(job: Job): void {
    this.queue.push(job);
    this.pump();
  }

  private pump(): void {
    while (this.running < this.concurrency && this.queue.length > 0) {
      const jobs = this.take();
      this.running++;
      void this.run(jobs).finally(() => {
        this.running--;
        this.pump();
      });
    }
  }

  /** The oldest job, and those behind it that can share its statement. */
  private take(): Job[] {
    const first = this.queue.shift()!;
    const jobs = [first];
    let size = first.rows.length;
    for (let i = 0; i < this.queue.length && size < MOST_ROWS; ) {
      const job = this.queue[i]!;
      if (job.kind === first.kind && job.version === first.version && size + job.rows.length <= MOST_ROWS) {
        jobs.push(job);
        size += job.rows.length;
        this.queue.splice(i, 1);
      } else i++;
    }
    return jobs;
  }

  private async run(jobs: Job[]): Promise<void> {
    const first = jobs[0]!;
    try {
      const fates =
        first.kind === "predictions"
          ? await this.writeRows(
              first.version,
              (jobs as (Job & { kind: "predictions" })[]).flatMap((job) => job.rows),
            )
          : await writeLabels(
              this.db,
              this.caches,
              this.model,
              (jobs as (Job & { kind: "labels" })[]).flatMap((job) => job.rows),
            );
      let from = 0;
      for (const job of jobs) {
        job.resolve(fates.slice(from, from + job.rows.length) as never);
        from += job.rows.length;
      }
    } catch (error) {
      // One request's trouble must not be its neighbours': each is tried by itself.
      if (jobs.length > 1 && sqlState(error) !== null) for (const job of jobs) await this.run([job]);
      else for (const job of jobs) job.reject(error);
    }
  }

  private async writeRows(version: string, rows: ParsedRow[]): Promise<Fate[]> {
    try {
      return await writePredictions(this.db, this.caches, { model: this.model, version }, rows);
    } catch (error) {
      const state = sqlState(error);
      // Class 22: a value that the store refuses and no check has caught. Halving finds it; the others are kept.
      if (!state?.startsWith("22")) throw error;
      if (rows.length === 1) {
        return [
          {
            index: rows[0]!.index,
            id: rows[0]!.id,
            error: `the store refuses a value of this row (${state})`,
          },
        ];
      }
      const half = rows.length >> 1;
      return [
        ...(await this.writeRows(version, rows.slice(0, half))),
        ...(await this.writeRows(version, rows.slice(half))),
      ];
    }
  }
}
