import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getModel } from "./models";
import { checkAlias } from "./names";
import { registering } from "./refusals";
import type { Author, RegisteredVersion } from "./schema";
import { selectVersionByAlias, writeAlias } from "./store";
import { getModelVersion, type VersionAt } from "./versions";

/** Points an alias of the model at a version, wherever it pointed before. */
export async function setAlias(db: Database, at: VersionAt, alias: string, author: Author): Promise<void> {
  checkAlias(alias);
  const { model, version } = await getModelVersion(db, at);
  await registering(writeAlias(db, { model, alias, version }, author), { model, version });
}

/** An alias that is not there is gone already. */
export async function deleteAlias(db: Database, model: string, alias: string, author: Author): Promise<void> {
  await registering(writeAlias(db, { model, alias, version: null }, author), { model });
}

/** @throws TidemarkError `not_found` for the model, `bad_request` for the alias, as MLflow has it */
export async function versionOfAlias(db: Database, model: string, alias: string): Promise<RegisteredVersion> {
  const found = await selectVersionByAlias(db, model, alias);
  if (found) return found;
  await getModel(db, model);
  throw new TidemarkError("bad_request", `Registered model alias ${alias} not found.`);
}
