import type { Database } from "@/lib/db/client";
import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";
import { post, type Reach } from "@/lib/notify/post";
import { bodyOf, headersOf, waitAfter } from "./compute";
import type { Delivery } from "./schema";
import { takeDelivery, writeAttempt } from "./store";

const LOOK_EVERY_MS = 1000;
const AT_ONCE = 4;

/**
 * Tells webhooks what they wait for, in the background. What is to be told stands in the store, written with the change
 * itself; an attempt that fails is made again later, and one that was cut short by another process: each is told at
 * least once.
 */
export class Deliverer {
  readonly #busy = new Set<string>();
  readonly #workers = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(
    private readonly db: Database,
    private readonly reach: Reach,
  ) {}

  /** Looks for what is due from now on, whether or not an attempt is under way. */
  start(): void {
    this.#timer ??= setInterval(() => void this.run(), LOOK_EVERY_MS).unref();
  }

  /** Delivers what is due; resolves when nothing is. */
  async run(): Promise<void> {
    while (!this.#closed && this.#workers.size < AT_ONCE) {
      const worker = this.#work().finally(() => this.#workers.delete(worker));
      this.#workers.add(worker);
    }
    await Promise.all(this.#workers);
  }

  /** Stops after the attempts under way. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearInterval(this.#timer);
    await Promise.all(this.#workers);
  }

  async #work(): Promise<void> {
    try {
      while (!this.#closed) {
        const delivery = await takeDelivery(this.db, [...this.#busy]);
        if (!delivery) return;
        this.#busy.add(delivery.webhook_id);
        try {
          await this.#attempt(delivery);
        } finally {
          this.#busy.delete(delivery.webhook_id);
        }
      }
    } catch (error) {
      log.warn({ error: forLog(error) }, "could not deliver to webhooks; it is tried again");
    }
  }

  async #attempt(delivery: Delivery): Promise<void> {
    const { delivery_id: deliveryId, event, created_ms, data, url, secret, attempts } = delivery;
    const body = bodyOf(event, created_ms, data);
    const headers = headersOf(body, { deliveryId, secret, nowMs: Date.now() });
    const { status, error } = await post(url, { headers, body }, this.reach);
    const waitSeconds = error === null ? null : waitAfter(attempts);
    await writeAttempt(this.db, delivery, { status, error, waitSeconds });
    if (error !== null) {
      log.warn(
        { webhook: delivery.webhook_id, event, attempts, waitSeconds, error },
        "a webhook was not told",
      );
    }
  }
}
