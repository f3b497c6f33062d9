import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { listVersions } from "./list-versions";
import { getModel } from "./models";
import { toStage } from "./names";
import { registering } from "./refusals";
import type { Author, RegisteredVersion } from "./schema";
import { writeStage } from "./store";
import { writeAliasRollback, writeRollback } from "./version-store";
import { getModelVersion, type VersionAt } from "./versions";

/** @throws TidemarkError `bad_request` where others of a stage are not archived */
export function checkArchiving(stage: string): void {
  if (stage === "Staging" || stage === "Production") return;
  throw new TidemarkError(
    "bad_request",
    `Model version transition cannot archive existing model versions because '${stage}' is not an Active stage. Valid stages are Staging, Production`,
  );
}

/**
 * Moves a version to a stage. The move is written into the model's history with its author and reason.
 * @param archiveOthers archive whatever else is in that stage, in the same statement
 * @throws TidemarkError `bad_request` where a stage cannot be archived from; `not_found`
 */
export async function transitionStage(
  db: Database,
  at: VersionAt,
  { stage: wanted, archiveOthers = false }: { stage: string; archiveOthers?: boolean },
  author: Author,
): Promise<RegisteredVersion> {
  const stage = toStage(wanted);
  if (archiveOthers) checkArchiving(stage);
  const { model, version } = await getModelVersion(db, at);
  await registering(writeStage(db, { model, version }, { stage, archiveOthers }, author), { model, version });
  return getModelVersion(db, { model, version });
}

/**
 * Puts the version that left Production last back there, in place of what is there now.
 * @param to the version that is expected to come back; null takes whichever it is
 * @throws TidemarkError `bad_request` where no version has left it yet, `conflict` where another one would come back
 */
export async function rollBackProduction(
  db: Database,
  model: string,
  author: Author,
  { to = null }: { to?: string | null } = {},
): Promise<RegisteredVersion> {
  await getModel(db, model);
  let version: string | null;
  try {
    version = await registering(writeRollback(db, model, to, author), { model });
  } catch (error) {
    if (sqlState(error) !== "TM014") throw error;
    const { rollback_to: now } = await listVersions(db, model);
    throw new TidemarkError(
      "conflict",
      `${model} would not roll back to version ${to} any more but to ${now === null ? "nothing" : `version ${now}`}: the stages were changed since you looked. Nothing was changed: look again, then decide`,
      { cause: error },
    );
  }
  if (version === null) {
    throw new TidemarkError(
      "bad_request",
      `${model} has nothing to roll back to: no version that is still there has left Production yet`,
    );
  }
  return getModelVersion(db, { model, version });
}

/**
 * Points an alias back at the version that it pointed at before. Like the roll-back of Production it is not stopped by
 * what protects the alias.
 * @throws TidemarkError `bad_request` where it has pointed at no other yet, `conflict` where another one would come back
 */
export async function rollBackAlias(
  db: Database,
  { model, alias }: { model: string; alias: string },
  author: Author,
  { to = null }: { to?: string | null } = {},
): Promise<RegisteredVersion> {
  await getModel(db, model);
  let version: string | null;
  try {
    version = await registering(writeAliasRollback(db, { model, alias }, to, author), { model });
  } catch (error) {
    if (sqlState(error) !== "TM014") throw error;
    throw new TidemarkError(
      "conflict",
      `the alias ${alias} of ${model} would not go back to version ${to}: it was moved since you looked. Nothing was changed: look again, then decide`,
      { cause: error },
    );
  }
  if (version === null) {
    throw new TidemarkError(
      "bad_request",
      `the alias ${alias} of ${model} has nothing to go back to: it has pointed at no other version that is still there`,
    );
  }
  return getModelVersion(db, { model, version });
}
