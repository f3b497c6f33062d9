/** Tasks that hold hundreds of megabytes take turns: several at once would end the process, not the wait. */
export class Turn {
  #last: Promise<unknown> = Promise.resolve();

  take<Result>(task: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(task);
    this.#last = mine.catch(() => {});
    return mine;
  }
}
