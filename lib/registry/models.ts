import type { Database } from "@/lib/db/client";
import type { KeyValue } from "@/lib/runs/schema";
import { checkDescription, checkModelName, checkTags } from "./names";
import { modelNotFound, registering } from "./refusals";
import type { Author, RegisteredModel } from "./schema";
import {
  deleteRegistered,
  insertModel,
  selectModel,
  writeModelChange,
  writeModelDescription,
  writeName,
} from "./store";

/** @throws TidemarkError `not_found` */
export async function getModel(db: Database, model: string): Promise<RegisteredModel> {
  checkModelName(model);
  const found = await selectModel(db, model);
  if (!found) throw modelNotFound(model);
  return found;
}

/**
 * Makes a model before it has a version. One that logged predictions made is there already.
 * @throws TidemarkError `conflict` where the name is taken
 */
export async function createModel(
  db: Database,
  { model, description = "", tags = [] }: { model: string; description?: string; tags?: readonly KeyValue[] },
  author: Author,
): Promise<RegisteredModel> {
  checkModelName(model);
  checkDescription(description);
  checkTags(tags);
  await registering(insertModel(db, { name: model, description, tags }, author), { model });
  return getModel(db, model);
}

/** Predictions logged under the old name from now on make a new model. */
export async function renameModel(
  db: Database,
  model: string,
  name: string,
  author: Author,
): Promise<RegisteredModel> {
  checkModelName(name);
  await registering(writeName(db, model, name, author), { model, name });
  return getModel(db, name);
}

export async function describeModel(
  db: Database,
  model: string,
  description: string,
  author: Author,
): Promise<RegisteredModel> {
  checkDescription(description);
  await getModel(db, model);
  await writeModelDescription(db, model, description, author);
  return getModel(db, model);
}

/** @throws TidemarkError `forbidden` where predictions were logged for it: evidence is kept */
export async function deleteModel(db: Database, model: string, author: Author): Promise<void> {
  await registering(deleteRegistered(db, { model, version: null }, author), { model });
}

export async function setModelTag(
  db: Database,
  model: string,
  { key, value }: KeyValue,
  author: Author,
): Promise<void> {
  checkTags([{ key, value }]);
  await getModel(db, model);
  await registering(writeModelChange(db, model, { revision: null, tags: { [key]: value } }, author), {
    model,
  });
}

/** A tag that is not there is gone already. */
export async function deleteModelTag(
  db: Database,
  model: string,
  key: string,
  author: Author,
): Promise<void> {
  await getModel(db, model);
  await registering(writeModelChange(db, model, { revision: null, tags: { [key]: null } }, author), {
    model,
  });
}
