import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { forLog } from "@/lib/http/for-log";
import { log } from "@/lib/log";
import { type ActingPerson, findActingPerson } from "@/lib/people/person-store";
import type { Runtime } from "@/lib/server/runtime";
import type { ApiKey } from "./schema";
import { findKeyByHash, touchKey } from "./store";
import { hashToken, isToken } from "./token";

/**
 * How long an answer of the store is believed: the longest that a key still works after another process revoked it, or
 * shut its person out.
 */
const BELIEVED_MS = 5_000;
const TOUCH_MS = 60_000;
const MAX_ENTRIES = 1_000;

/** A key and, where it is not a service's, the person whose it is. */
export type OpenedKey = { key: ApiKey; person: ActingPerson | null };

type Entry = { opened: Promise<OpenedKey | null>; until: number };
type KeyCache = { entries: Map<string, Entry>; touched: Map<string, number> };

function cacheOf(runtime: Runtime): KeyCache {
  return runtime.shared.get("keys", () => ({ entries: new Map(), touched: new Map() }));
}

/**
 * The key that a token is.
 * @throws TidemarkError `unauthenticated` for what is no key of this server, or not any more.
 */
export async function authenticateKey(runtime: Runtime, token: string): Promise<OpenedKey> {
  const opened = isToken(token) ? await lookUp(runtime, hashToken(token)) : null;
  if (!opened || hasLapsed(opened.key)) {
    throw new TidemarkError(
      "unauthenticated",
      "this API key is unknown, has lapsed, was revoked, or its person is shut out: check it, or make a new one on the page /keys",
    );
  }
  noteUse(runtime, opened.key);
  return opened;
}

const hasLapsed = ({ expires_at }: ApiKey) => expires_at !== null && Date.parse(expires_at) <= Date.now();

async function open(db: Database, hash: string): Promise<OpenedKey | null> {
  const held = await findKeyByHash(db, hash);
  if (!held || held.personId === null) return held && { key: held.key, person: null };
  const person = await findActingPerson(db, held.personId);
  return person && { key: held.key, person };
}

function lookUp(runtime: Runtime, hash: string): Promise<OpenedKey | null> {
  const { entries } = cacheOf(runtime);
  const now = Date.now();
  const held = entries.get(hash);
  if (held && held.until > now) return held.opened;
  if (entries.size >= MAX_ENTRIES) entries.clear();
  const entry = { opened: open(runtime.db, hash), until: now + BELIEVED_MS };
  entries.set(hash, entry);
  entry.opened.catch(() => {
    if (entries.get(hash) === entry) entries.delete(hash);
  });
  return entry.opened;
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
