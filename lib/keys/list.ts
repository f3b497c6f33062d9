import type { Database } from "@/lib/db/client";
import type { ApiKeyList } from "./schema";
import { selectKeys } from "./store";

/** Every key, revoked ones too, newest first; never a secret. */
export async function listKeys(db: Database): Promise<ApiKeyList> {
  return { keys: await selectKeys(db) };
}
