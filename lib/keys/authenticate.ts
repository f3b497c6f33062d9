import { TidemarkError } from "@/lib/errors";
import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";
import type { Runtime } from "@/lib/server/runtime";
import type { ApiKey } from "./schema";
import { findKeyByHash, touchKey } from "./store";
import { hashToken, isToken } from "./token";

/** How long an answer of the store is believed: the longest that a key revoked by another process still works. */
const BELIEVED_MS = 5_000;
const TOUCH_MS = 60_000;
const MAX_ENTRIES = 1_000;

type Entry = { key: Promise<ApiKey | null>; until: number };
type KeyCache = { entries: Map<string, Entry>; touched: Map<string, number> };

function cacheOf(runtime: Runtime): KeyCache {
  return runtime.shared.get("keys", () => ({ entries: new Map(), touched: new Map() }));
}

/**
 * The key that a token is.
 * @throws TidemarkError `unauthenticated` for what is no key of this server, or not any more.
 */
export async function authenticateKey(runtime: Runtime, token: string): Promise<ApiKey> {
  const key = isToken(token) ? await lookUp(runtime, hashToken(token)) : null;
  if (!key) {
    throw new TidemarkError(
      "unauthenticated",
      "this API key is unknown or has been revoked: check it, or make a new one on the page /keys",
    );
  }
  noteUse(runtime, key);
  return key;
}

function lookUp(runtime: Runtime, hash: string): Promise<ApiKey | null> {
  const { entries } = cacheOf(runtime);
  const now = Date.now();
  const held = entries.get(hash);
  if (held && held.until > now) return held.key;
  if (entries.size >= MAX_ENTRIES) entries.clear();
  const entry = { key: findKeyByHash(runtime.db, hash), until: now + BELIEVED_MS };
  entries.set(hash, entry);
  entry.key.catch(() => {
    if (entries.get(hash) === entry) entries.delete(hash);
  });
  return entry.key;
}

function noteUse(runtime: Runtime, key: ApiKey): void {
  const { touched } = cacheOf(runtime);
  const now = Date.now();
  if ((touched.get(key.id) ?? 0) > now - TOUCH_MS) return;
  touched.set(key.id, now);
  touchKey(runtime.db, key.id).catch((error) =>
    log.debug({ error: forLog(error) }, "could not note the use of a key"),
  );
}

/** Forgets what is believed, so that a change made here holds at once. */
export function forgetKeys(runtime: Runtime): void {
  cacheOf(runtime).entries.clear();
}
