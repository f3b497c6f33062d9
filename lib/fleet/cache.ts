import type { Database } from "@/lib/db/client";
import { readState, type VersionState } from "./health";
import type { ModelRow, VersionRow } from "./store";

/** How stale a version's health may be while rows keep coming in. */
const FRESH_MS = 5_000;
/** While somebody watches, the last state is shown until the next is there; nobody is shown an older one than this. */
const SHOWN_MS = 30_000;
const MOST_KEPT = 2_000;

type Entry = {
  settled: string;
  counts: string;
  atMs: number;
  state: Promise<VersionState>;
  renewing: boolean;
};
const caches = new WeakMap<object, Map<string, Entry>>();

/**
 * A version's state, computed again when something of it has changed, and then at most every five seconds.
 * A change of schema, settings or baseline counts at once.
 */
export function stateOf(
  db: Database,
  model: Pick<ModelRow, "model" | "task" | "positiveClass" | "classes">,
  row: VersionRow,
): Promise<VersionState> {
  let cache = caches.get(db);
  if (!cache) {
    cache = new Map();
    caches.set(db, cache);
  }
  const key = `${row.modelId}:${row.versionId}`;
  const settled = JSON.stringify([
    model.task,
    model.positiveClass,
    model.classes?.length,
    row.revision,
    row.settings,
    row.baseline?.id,
  ]);
  const counts = JSON.stringify([row.n, row.errors, row.receivedMs, row.labelled, row.outcomes]);
  const held = cache.get(key);
  const compute = (): Entry => ({
    settled,
    counts,
    atMs: performance.now(),
    state: readState(db, { model: model.model, version: row.version }),
    renewing: false,
  });
  if (held?.settled === settled) {
    const age = performance.now() - held.atMs;
    if (held.counts === counts || age < FRESH_MS || held.renewing) return held.state;
    if (age < SHOWN_MS) {
      held.renewing = true;
      const next = compute();
      next.state.then(
        () => cache.get(key) === held && cache.set(key, next),
        () => {
          held.renewing = false;
        },
      );
      return held.state;
    }
  }
  if (cache.size >= MOST_KEPT) cache.clear();
  const entry = compute();
  cache.set(key, entry);
  entry.state.catch(() => {
    if (cache.get(key) === entry) cache.delete(key);
  });
  return entry.state;
}
