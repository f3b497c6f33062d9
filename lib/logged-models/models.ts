import { randomUUID } from "node:crypto";
import { recordAudit } from "@/lib/audit/record";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { experimentNumber } from "@/lib/runs/experiment-store";
import { checkKeys, checkLength, cut, invalid, LIMITS } from "@/lib/runs/limits";
import { inventRunName } from "@/lib/runs/run-name";
import type { KeyValue } from "@/lib/runs/schema";
import { experimentNotFound } from "@/lib/runs/store-errors";
import type { LoggedModel, LoggedModelStatus } from "./schema";
import {
  deleteLoggedModelTagRow,
  hideLoggedModel,
  insertLoggedModel,
  selectLoggedModel,
  writePairs,
  writeStatus,
} from "./store";

type Clock = { nowMs: number };

/** @throws TidemarkError `not_found` */
export async function getLoggedModel(db: Database, id: string): Promise<LoggedModel> {
  const found = await selectLoggedModel(db, id);
  if (found) return found;
  throw new TidemarkError("not_found", `Logged model with ID '${id.slice(0, 200)}' not found.`);
}

/** Makes a model that waits for its files; `finalizeLoggedModel` says when they are there. */
export async function createLoggedModel(
  db: Database,
  model: {
    experimentId: string;
    name?: string;
    modelType?: string | null;
    sourceRunId?: string | null;
    params?: readonly KeyValue[];
    tags?: readonly KeyValue[];
  },
  { nowMs }: Clock,
): Promise<LoggedModel> {
  const { experimentId, name = "", params = [], tags = [] } = model;
  checkModelName(name);
  checkPairs(params, tags);
  const id = `m-${randomUUID().replaceAll("-", "")}`;
  const experiment = experimentNumber(experimentId);
  const made =
    experiment !== null &&
    (await insertLoggedModel(
      db,
      {
        id,
        experiment,
        name: name || inventRunName(),
        modelType: model.modelType ?? null,
        sourceRunId: model.sourceRunId ?? null,
        params: params.map((param) => cut(param, LIMITS.paramValue, "params")),
        tags: tags.map((tag) => cut(tag, LIMITS.tagValue, "tags")),
      },
      nowMs,
    ));
  if (!made) throw experimentNotFound(experimentId);
  return getLoggedModel(db, id);
}

/** Says that a model's files are there, or that they will not come. */
export async function finalizeLoggedModel(
  db: Database,
  id: string,
  status: LoggedModelStatus,
  { nowMs }: Clock,
): Promise<LoggedModel> {
  await getLoggedModel(db, id);
  await writeStatus(db, id, status, nowMs);
  return getLoggedModel(db, id);
}

export async function setLoggedModelTags(
  db: Database,
  id: string,
  tags: readonly KeyValue[],
): Promise<LoggedModel> {
  checkPairs([], tags);
  await getLoggedModel(db, id);
  await writePairs(
    db,
    "tag",
    id,
    tags.map((tag) => cut(tag, LIMITS.tagValue, "tags")),
  );
  return getLoggedModel(db, id);
}

export async function deleteLoggedModelTag(db: Database, id: string, key: string): Promise<void> {
  await getLoggedModel(db, id);
  if (await deleteLoggedModelTagRow(db, id, key)) return;
  throw new TidemarkError("not_found", `No tag with key '${key}' found for model with ID '${id}'.`);
}

export async function logLoggedModelParams(
  db: Database,
  id: string,
  params: readonly KeyValue[],
): Promise<void> {
  checkPairs(params, []);
  await getLoggedModel(db, id);
  await writePairs(
    db,
    "param",
    id,
    params.map((param) => cut(param, LIMITS.paramValue, "params")),
  );
}

/** Hides a model. Versions that it was registered as stay, and so do its files. */
export async function deleteLoggedModel(
  db: Database,
  id: string,
  actor: string,
  { nowMs }: Clock,
): Promise<void> {
  const { name } = await getLoggedModel(db, id);
  await hideLoggedModel(db, id, nowMs);
  await recordAudit(db, {
    actor,
    action: "logged-model.delete",
    subject: `logged-model:${id}`,
    before: { name },
  });
}

function checkPairs(params: readonly KeyValue[], tags: readonly KeyValue[]): void {
  checkKeys(params, "params");
  checkKeys(tags, "tags");
}

function checkModelName(name: string): void {
  checkLength(name, "name", 500);
  if (/[/:.%"']/.test(name)) {
    throw invalid(
      name,
      "name",
      "Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '\"', \"'\")",
    );
  }
}
