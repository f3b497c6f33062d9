/** How much of the work is done, 0 to 1; only what shows it is drawn again when it changes. */
export class Share {
  #value = 0;
  readonly #listeners = new Set<() => void>();

  readonly get = () => this.#value;

  readonly set = (value: number) => {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };
}
