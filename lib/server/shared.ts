import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";

/** Values made once per process, by name. */
export class Shared {
  readonly #values = new Map<string, { value: unknown; close: (() => unknown) | undefined }>();

  /**
   * The value of that name; `make` runs on first use.
   * @param close runs when the server stops, before the store closes: drain what is queued.
   */
  get<Value>(name: string, make: () => Value, close?: (value: Value) => unknown): Value {
    let entry = this.#values.get(name);
    if (!entry) {
      const value = make();
      entry = { value, close: close && (() => close(value)) };
      this.#values.set(name, entry);
    }
    return entry.value as Value;
  }

  /** Closes everything, newest first; what fails is logged and does not keep the rest from closing. */
  async close(): Promise<void> {
    for (const [name, entry] of [...this.#values].reverse()) {
      try {
        await entry.close?.();
      } catch (error) {
        log.error({ error: forLog(error), name }, "could not close");
      }
    }
    this.#values.clear();
  }
}
