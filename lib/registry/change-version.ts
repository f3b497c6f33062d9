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
import { writeOverride, writeVersionChange } from "./version-store";
import { getModelVersion, type VersionAt } from "./versions";
import type { VersionChange, VersionRecord } from "./wire";

const MOST_TOLD = 3;

/**
 * Changes stage, aliases, tags, description and owner of a version, all or nothing, and writes each into the model's
 * history. `override` says why it goes past what protects a stage or alias, and stands in the history as its reason.
 * @throws TidemarkError `forbidden` where a policy protects the stage or alias; `conflict` that says what has happened since, where `revision` is not the version's any more
 */
export async function changeVersion(
  db: Database,
  at: VersionAt,
  {
    revision = null,
    why,
    override,
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
  const read = revision == null ? null : readRevision(revision);
  try {
    const written = { ...change, archive, revision: read?.mark ?? null };
    await registering(
      override === undefined
        ? writeVersionChange(db, { model, version }, written, { actor, why: why?.trim() || null })
        : writeOverride(db, { model, version }, written, { actor, reason: override }),
      { model, version },
    );
  } catch (error) {
    if (sqlState(error) !== "TM014") throw error;
    throw new TidemarkError("conflict", await whatHappened(db, { model, version }, read?.seen ?? 0), {
      cause: error,
    });
  }
  return describeVersion(db, { model, version });
}

/** A version's mark, and the latest change of its model when it was read. */
function readRevision(revision: string): { mark: string; seen: number } {
  const dot = revision.lastIndexOf(".");
  return { mark: revision.slice(0, Math.max(0, dot)), seen: Number(revision.slice(dot + 1)) };
}

/** What came between the view that a person acted on and now. */
async function whatHappened(db: Database, { model, version }: VersionAt, seen: number): Promise<string> {
  const since = (await selectChanges(db, { model, beforeId: null, limit: 50 }))
    .filter(({ id }) => Number(id) > seen)
    .map(toEntry)
    .filter(
      ({ kind, ...of }) => kind === "stage" || kind === "alias" || (of.version ?? of.subject) === version,
    )
    .map(changeWords);
  const told = since.slice(0, MOST_TOLD).join("; ");
  const more = since.length > MOST_TOLD ? ` and ${since.length - MOST_TOLD} more` : "";
  return `version ${version} of ${model} is not as you saw it${
    told ? `: since then ${told}${more}` : ""
  }. Nothing was changed: look at it as it is now, then decide again`;
}
