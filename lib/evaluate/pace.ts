/** Work of so long, then whoever waits has a turn: half of the longest task a page should have. */
const TURN_MS = 25;

/** Makes a long computation one that can be watched and stopped. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: ((done: number) => void) | undefined;
  #turnAt = performance.now();

  constructor({ signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number) => void }) {
    this.#signal = signal;
    this.#onProgress = onProgress;
  }

  /**
   * To be awaited between passes. @param done share of the whole, 0 to 1
   * @throws what the signal was aborted with
   */
  async step(done: number): Promise<void> {
    this.#signal?.throwIfAborted();
    this.#onProgress?.(done);
    if (performance.now() - this.#turnAt < TURN_MS) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#turnAt = performance.now();
    this.#signal?.throwIfAborted();
  }
}
