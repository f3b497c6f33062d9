import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { changeWords } from "./change-words";
import { toEntry } from "./history";
import { describeVersion } from "./list-versions";
import { checkAlias, checkDescription, checkTags } from "./names";
import { registering } from "./refusals";
import { checkArchiving } from "./stages";
import { selectChanges } from "./store";
import { writeVersionChange } from "./version-store";
import { getModelVersion, type VersionAt } from "./versions";
import type { VersionChange, VersionRecord } from "./wire";

const MOST_TOLD = 3;

/**
 * Changes stage, aliases, tags, description and owner of a version, all or nothing, and writes each into the model's
 * history.
 * @throws TidemarkError `conflict` that says what has happened since, where `revision` is not the version's any more
 */
export async function changeVersion(
  db: Database,
  at: VersionAt,
  {
    revision = null,
    why,
    archive_existing_versions: archive = false,
    ...change
  }: Omit<VersionChange, "revision"> & {
    revision?: string | null | undefined;
  },
  actor: string,
): Promise<VersionRecord> {
  change.aliases?.forEach(checkAlias);
  checkTags(Object.entries(change.tags ?? {}).map(([key, value]) => ({ key, value: value ?? "" })));
  checkDescription(change.description ?? "");
  if (archive) checkArchiving(change.stage ?? "None");
  const { model, version } = await getModelVersion(db, at);
  try {
    await registering(
      writeVersionChange(
        db,
        { model, version },
        { ...change, archive, revision: revision ?? null },
        { actor, why: why?.trim() || null },
      ),
      { model, version },
    );
  } catch (error) {
    if (sqlState(error) !== "TM014") throw error;
    throw new TidemarkError("conflict", await whatHappened(db, { model, version }, revision ?? ""), {
      cause: error,
    });
  }
  return describeVersion(db, { model, version });
}

/** What came between the view that a person acted on and now. */
async function whatHappened(db: Database, { model, version }: VersionAt, revision: string): Promise<string> {
  const seen = Number(/^(\d+)\./.exec(revision)?.[1] ?? 0);
  const since = (await selectChanges(db, { model, beforeId: null, limit: 50 }))
    .filter((change) => Number(change.id) > seen)
    .map((change) => changeWords(toEntry(change)));
  const told = since.slice(0, MOST_TOLD).join("; ");
  const more = since.length > MOST_TOLD ? ` and ${since.length - MOST_TOLD} more` : "";
  return `version ${version} of ${model} is not as you saw it: ${
    told ? `since then ${told}${more}` : "its description, owner or tags were changed since"
  }. Nothing was changed: look at it as it is now, then decide again`;
}
