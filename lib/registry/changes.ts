import type { Database } from "@/lib/db/client";
import { getModel } from "./models";
import type { ModelChange } from "./schema";
import { selectChanges } from "./store";

/** Every change of a model's versions, latest first: who, when, from, to, why. */
export async function listChanges(
  db: Database,
  { model, cursor = null, limit = 100 }: { model: string; cursor?: string | null; limit?: number },
): Promise<{ changes: ModelChange[]; next_cursor: string | null }> {
  await getModel(db, model);
  const found = await selectChanges(db, { model, beforeId: cursor, limit: limit + 1 });
  const changes = found.slice(0, limit);
  return { changes, next_cursor: found.length > limit ? changes.at(-1)!.id : null };
}
