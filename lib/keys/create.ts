import { randomUUID } from "node:crypto";
import type { Database } from "@/lib/db/client";
import { type CreatedApiKey, NewApiKey } from "./schema";
import { insertKey } from "./store";
import { createToken, hashToken, tokenPrefix } from "./token";

/** Makes a key. Its secret is in what this returns and nowhere else, ever again. */
export async function createKey(db: Database, key: NewApiKey, actor: string): Promise<CreatedApiKey> {
  const { name, scopes } = NewApiKey.parse(key);
  const distinct = [...new Set(scopes)];
  const secret = createToken(distinct);
  const made = await insertKey(
    db,
    { id: randomUUID(), name, prefix: tokenPrefix(secret), hash: hashToken(secret), scopes: distinct },
    actor,
  );
  return { key: made, secret };
}
