import type { Database } from "@/lib/db/client";
import { readState, type VersionState } from "./health";
import type { ModelRow, VersionRow } from "./store";

/** How stale a version's health may be while rows keep coming in. */
const FRESH_MS = 5_000;
const MOST_KEPT = 2_000;

type Entry = { mark: string; atMs: number; state: Promise<VersionState> };
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
  const settled = [
    model.task,
    model.positiveClass,
    model.classes?.length,
    row.revision,
    row.settings,
    row.baseline?.id,
  ];
  const mark = JSON.stringify([settled, [row.n, row.errors, row.receivedMs, row.labelled, row.outcomes]]);
  const held = cache.get(key);
  const young = held && performance.now() - held.atMs < FRESH_MS;
  const sameSchema = held?.mark.startsWith(JSON.stringify([settled]).slice(0, -1));
  if (held && (held.mark === mark || (young && sameSchema))) return held.state;
  if (cache.size >= MOST_KEPT) cache.clear();
  const state = readState(db, { model: model.model, version: row.version });
  cache.set(key, { mark, atMs: performance.now(), state });
  state.catch(() => {
    if (cache.get(key)?.state === state) cache.delete(key);
  });
  return state;
}
