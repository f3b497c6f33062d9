import type { Keeper } from "@/lib/artifacts/keeper";
import type { Database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { repeatEvaluation } from "./repeat";
import { type EvaluationAt, selectUnchecked, updateCheck } from "./store";
import type { Queue } from "./summary";

/** Repeats evaluations in the background, one at a time, in the order in which they came. One per process. */
export class Repeater implements Queue {
  #queue: EvaluationAt[] = [];
  #current: { at: EvaluationAt; stop: AbortController } | null = null;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(private readonly from: { db: Database; keeper: Keeper }) {}

  standing(id: string): "waiting" | "running" | null {
    if (this.#current?.at.id === id) return "running";
    return this.#queue.some((at) => at.id === id) ? "waiting" : null;
  }

  /** Takes an evaluation up, unless it is in the queue already. */
  add(at: EvaluationAt): void {
    if (this.#closed || this.standing(at.id) !== null) return;
    this.#queue.push(at);
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** Takes up what an earlier process has left. */
  async resume(): Promise<void> {
    for (const at of await selectUnchecked(this.from.db)) this.add(at);
  }

  /** @returns whether it was waiting or running */
  async cancel(at: EvaluationAt, actor: string): Promise<boolean> {
    const standing = this.standing(at.id);
    if (standing === null) return false;
    this.#queue = this.#queue.filter(({ id }) => id !== at.id);
    if (standing === "running") this.#current!.stop.abort(new Error("cancelled"));
    await updateCheck(
      this.from.db,
      at,
      { state: "unconfirmed", message: "the repetition was cancelled" },
      actor,
    );
    return true;
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** Ends what runs; the next process takes it up again. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#queue = [];
    this.#current?.stop.abort(new Error("the server is shutting down"));
    await this.idle();
  }

  async #run(): Promise<void> {
    for (let at = this.#queue.shift(); at; at = this.#queue.shift()) {
      const stop = new AbortController();
      this.#current = { at, stop };
      try {
        await repeatEvaluation(this.from, at, { signal: stop.signal });
      } catch (error) {
        if (stop.signal.aborted) continue;
        log.error({ error, ...at }, "could not repeat an evaluation");
        const failed = {
          state: "failed" as const,
          message: "the server failed to repeat it; its log says why",
        };
        await updateCheck(this.from.db, at, failed, "server").catch(() => {});
      } finally {
        this.#current = null;
      }
    }
  }
}
