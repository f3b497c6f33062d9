import { randomUUID } from "node:crypto";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { type CreatedApiKey, NewApiKey } from "./schema";
import { insertKey } from "./store";
import { createToken, hashToken, tokenPrefix } from "./token";

/**
 * Makes a key. Its secret is in what this returns and nowhere else, ever again.
 * @param personId whose key it is; null = a service's
 */
export async function createKey(
  db: Database,
  key: NewApiKey,
  actor: string,
  personId: string | null = null,
): Promise<CreatedApiKey> {
  const { name, scopes, expires_at } = NewApiKey.parse(key);
  if (expires_at !== undefined && Date.parse(expires_at) <= Date.now()) {
    throw new TidemarkError("bad_request", `body.expires_at: ${expires_at} is over: give a time to come`);
  }
  const distinct = [...new Set(scopes)];
  const secret = createToken(distinct);
  const made = await insertKey(
    db,
    {
      id: randomUUID(),
      name,
      prefix: tokenPrefix(secret),
      hash: hashToken(secret),
      scopes: distinct,
      personId,
      expiresAt: expires_at ?? null,
    },
    actor,
  );
  return { key: made, secret };
}
