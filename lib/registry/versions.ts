import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { Stage } from "@/lib/models/schema";
import type { KeyValue } from "@/lib/runs/schema";
import { followSource } from "./follow-source";
import { getModel } from "./models";
import { checkDescription, checkModelName, checkSource, checkTags, toStage, versionName } from "./names";
import { registering, versionNotFound } from "./refusals";
import type { Author, RegisteredVersion } from "./schema";
import { deleteRegistered, insertVersion, selectVersion } from "./store";
import { writeVersionChange } from "./version-store";

export type VersionAt = { model: string; version: string };

/** @throws TidemarkError `not_found`; `bad_request` for a version that is neither there nor a number */
export async function getModelVersion(
  db: Database,
  { model, version }: VersionAt,
): Promise<RegisteredVersion> {
  checkModelName(model);
  const found = await selectVersion(db, model, versionName(version));
  if (found) return found;
  if (!/^\d+$/.test(version)) {
    throw new TidemarkError("bad_request", `Parameter 'version' must be an integer, got '${version}'.`);
  }
  throw versionNotFound(model, version);
}

/**
 * Registers the next version of a model; its name is its number, one above the highest that the model ever had.
 * @throws TidemarkError `not_found` for the model, `bad_request` for a source that leads elsewhere than it says
 */
export async function createModelVersion(
  db: Database,
  {
    model,
    source,
    runId = null,
    runLink = "",
    loggedModelId = null,
    description = "",
    tags = [],
  }: {
    model: string;
    source: string;
    runId?: string | null;
    runLink?: string;
    loggedModelId?: string | null;
    description?: string;
    tags?: readonly KeyValue[];
  },
  author: Author,
): Promise<RegisteredVersion> {
  checkModelName(model);
  checkSource(source);
  checkTags(tags);
  checkDescription(description);
  const followed = await followSource(db, source, loggedModelId);
  const version = await registering(
    insertVersion(
      db,
      {
        model,
        source,
        storageLocation: followed.location,
        runId: runId || followed.runId,
        runLink,
        loggedModelId: followed.loggedModelId,
        description,
        tags,
      },
      author,
    ),
    { model },
  );
  return getModelVersion(db, { model, version });
}

export async function describeModelVersion(
  db: Database,
  at: VersionAt,
  description: string,
  author: Author,
): Promise<RegisteredVersion> {
  checkDescription(description);
  const { model, version } = await getModelVersion(db, at);
  await writeVersionChange(db, { model, version }, { revision: null, description }, author);
  return getModelVersion(db, { model, version });
}

/** @throws TidemarkError `forbidden` where predictions were logged for it: evidence is kept */
export async function deleteModelVersion(db: Database, at: VersionAt, author: Author): Promise<void> {
  const { model, version } = await getModelVersion(db, at);
  await registering(deleteRegistered(db, { model, version }, author), { model, version });
}

export async function setVersionTag(
  db: Database,
  at: VersionAt,
  { key, value }: KeyValue,
  author: Author,
): Promise<void> {
  checkTags([{ key, value }]);
  const { model, version } = await getModelVersion(db, at);
  await writeVersionChange(db, { model, version }, { revision: null, tags: { [key]: value } }, author);
}

/** A tag that is not there is gone already. */
export async function deleteVersionTag(
  db: Database,
  at: VersionAt,
  key: string,
  author: Author,
): Promise<void> {
  const { model, version } = await getModelVersion(db, at);
  await writeVersionChange(db, { model, version }, { revision: null, tags: { [key]: null } }, author);
}

/** Of each of the stages, or of every one, the version of the highest number. */
export async function latestVersions(
  db: Database,
  model: string,
  stages: readonly string[] = [],
): Promise<RegisteredVersion[]> {
  const wanted: Stage[] = stages.map(toStage);
  const { latest_versions } = await getModel(db, model);
  return wanted.length === 0
    ? latest_versions
    : latest_versions.filter((version) => wanted.includes(version.stage));
}
