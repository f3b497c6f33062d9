import type { Database } from "@/lib/db/client";
import type { ApiKeyList } from "./schema";
import { selectKeys } from "./store";

/** Every key, or a person's own, revoked ones too, newest first; never a secret. */
export async function listKeys(db: Database, personId: string | null = null): Promise<ApiKeyList> {
  return { keys: await selectKeys(db, personId) };
}
