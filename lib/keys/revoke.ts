import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { ApiKey } from "./schema";
import { revokeKeyById } from "./store";

/**
 * Ends a key for good.
 * @param personId only where it is a key of theirs; null = whosever it is
 * @throws TidemarkError `not_found` for an id that no key has.
 */
export async function revokeKey(
  db: Database,
  id: string,
  actor: string,
  personId: string | null = null,
): Promise<ApiKey> {
  const key = await revokeKeyById(db, id, { actor, personId });
  if (key) return key;
  throw new TidemarkError(
    "not_found",
    `there is no API key ${JSON.stringify(id.slice(0, 80))}: GET /api/v1/keys lists them with their ids`,
  );
}
