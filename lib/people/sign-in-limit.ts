import { TidemarkError } from "@/lib/errors";

const WINDOW_MS = 15 * 60 * 1000;
/** Wrong passwords for one address of a person, and from one address of a machine, before the next try must wait. */
const MOST = { email: 8, from: 60 } as const;
const MOST_KEPT = 10_000;

/**
 * Slows down who guesses passwords: counts failures per person and per machine over the last 15 minutes, in memory. A
 * restart forgets them, which nobody can make happen from outside.
 */
export class SignInLimit {
  readonly #failures = new Map<string, number[]>();

  /** @throws TidemarkError `overloaded`, with the seconds to wait, when there were too many */
  check(who: { email: string; from: string }, now: number): void {
    for (const [kind, key] of keysOf(who)) {
      const recent = this.#recent(key, now);
      if (recent.length < MOST[kind]) continue;
      const seconds = Math.ceil((recent[recent.length - MOST[kind]]! + WINDOW_MS - now) / 1000);
      throw new TidemarkError(
        "overloaded",
        `too many wrong passwords: try again in ${Math.ceil(seconds / 60)} minutes, or ask an administrator for a link to set a new one`,
        { retryAfterSeconds: seconds },
      );
    }
  }

  /** Counted before the password is tried, so that many tries at once do not all slip through. */
  count(who: { email: string; from: string }, now: number): void {
    if (this.#failures.size > MOST_KEPT) {
      for (const key of this.#failures.keys())
        if (this.#recent(key, now).length === 0) this.#failures.delete(key);
      if (this.#failures.size > MOST_KEPT) this.#failures.clear();
    }
    for (const [, key] of keysOf(who)) this.#failures.set(key, [...this.#recent(key, now), now]);
  }

  /** The password was right after all. */
  forget(who: { email: string; from: string }): void {
    for (const [kind, key] of keysOf(who)) {
      if (kind === "email") this.#failures.delete(key);
      else this.#failures.set(key, (this.#failures.get(key) ?? []).slice(0, -1));
    }
  }

  #recent(key: string, now: number): number[] {
    return (this.#failures.get(key) ?? []).filter((at) => at > now - WINDOW_MS).slice(-100);
  }
}

const keysOf = ({ email, from }: { email: string; from: string }) =>
  [
    ["email", `email ${email}`],
    ["from", `from ${from}`],
  ] as const;
