import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getModel } from "./models";
import { toStage } from "./names";
import { registering } from "./refusals";
import type { Author, RegisteredVersion } from "./schema";
import { selectFormerProduction, writeStage } from "./store";
import { getModelVersion, type VersionAt } from "./versions";

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
  if (archiveOthers && stage !== "Staging" && stage !== "Production") {
    throw new TidemarkError(
      "bad_request",
      `Model version transition cannot archive existing model versions because '${wanted}' is not an Active stage. Valid stages are Staging, Production`,
    );
  }
  const { model, version } = await getModelVersion(db, at);
  await registering(writeStage(db, { model, version }, { stage, archiveOthers }, author), { model, version });
  return getModelVersion(db, { model, version });
}

/**
 * Puts the version that left Production last back there, in place of what is there now.
 * @throws TidemarkError `bad_request` where no version has left it yet
 */
export async function rollBackProduction(
  db: Database,
  model: string,
  author: Author,
): Promise<RegisteredVersion> {
  await getModel(db, model);
  const version = await selectFormerProduction(db, model);
  if (version === null) {
    throw new TidemarkError(
      "bad_request",
      `${model} has nothing to roll back to: no version that is still there has left Production yet`,
    );
  }
  return transitionStage(db, { model, version }, { stage: "Production", archiveOthers: true }, author);
}
