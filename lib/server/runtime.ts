import { openStore, type Store } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { readSettings, type Settings } from "@/lib/settings";
import { holder } from "./holder";
import { Shared } from "./shared";

/** What one running server has exactly one of. */
export type Runtime = {
  readonly settings: Settings;
  readonly store: Store;
  readonly db: Store["db"];
  /** Lanes, caches, registries: made once, on first use, whoever asks; closed before the store is. */
  readonly shared: Shared;
};

/**
 * The server's singletons, opened on first call.
 * @throws TidemarkError `store_unavailable` or `bad_request` (a setting); the next call tries again.
 */
export function getRuntime(): Promise<Runtime> {
  if (holder.closed) {
    return Promise.reject(
      new TidemarkError("store_unavailable", "the server is shutting down: send the request again", {
        retryAfterSeconds: 5,
      }),
    );
  }
  if (!holder.opening) {
    const opening = open();
    opening.catch(() => {
      if (holder.opening === opening) holder.opening = null;
    });
    holder.opening = opening;
  }
  return holder.opening;
}

async function open(): Promise<Runtime> {
  const settings = readSettings(process.env);
  return createRuntime(settings, await openStore(settings));
}

/** A runtime around a store that is open already. */
export function createRuntime(settings: Settings, store: Store): Runtime {
  return { settings, store, db: store.db, shared: new Shared() };
}

/** Puts a runtime in place of the process's own, or takes it away (null). For tests and scripts. */
export function installRuntime(runtime: Runtime | null): void {
  holder.opening = runtime ? Promise.resolve(runtime) : null;
  holder.closed = false;
}
