import { listEvents } from "@/lib/audit/list";
import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { actorWords } from "./change-words";
import { listVersions } from "./list-versions";
import { checkDescription, checkTags } from "./names";
import { registering } from "./refusals";
import { writeModelChange } from "./store";
import type { ModelWordsChange, VersionList } from "./wire";

/**
 * Changes description, owner and tags of a model as a whole, all or nothing, with a line in the audit log.
 * @throws TidemarkError `not_found`; `conflict` that says who changed it, where `revision` is not the model's any more
 */
export async function changeModel(
  db: Database,
  model: string,
  {
    revision = null,
    why,
    ...change
  }: Omit<ModelWordsChange, "revision"> & { revision?: string | null | undefined },
  actor: string,
): Promise<VersionList> {
  checkTags(Object.entries(change.tags ?? {}).map(([key, value]) => ({ key, value: value ?? "" })));
  checkDescription(change.description ?? "");
  try {
    const author = { actor, why: why?.trim() || null };
    await registering(writeModelChange(db, model, { ...change, revision: revision ?? null }, author), {
      model,
    });
  } catch (error) {
    if (sqlState(error) !== "TM014") throw error;
    throw new TidemarkError("conflict", await whatHappened(db, model), { cause: error });
  }
  return listVersions(db, model);
}

/** A model that was renamed has older lines under its former name: then it is said without who it was. */
async function whatHappened(db: Database, model: string): Promise<string> {
  const { events } = await listEvents(db, { limit: 20, subject: `model:${model}` });
  const last = events.find(({ action }) => action === "model.describe");
  const who = last ? `: ${actorWords(last.actor)} described it last, at ${last.at}` : "";
  return `${model} is not as you saw it${who}. Nothing was changed: look at it as it is now, then decide again`;
}
