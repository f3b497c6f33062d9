import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { getLoggedModel } from "@/lib/logged-models/models";
import { getModel } from "@/lib/registry/models";
import { checkAlias, checkDescription, checkModelName, checkSource, checkTags } from "@/lib/registry/names";
import { getModelVersion } from "@/lib/registry/versions";
import { getExperimentByName } from "@/lib/runs/experiments";
import { checkKeys, checkLength, cut, LIMITS } from "@/lib/runs/limits";
import type { KeyValue } from "@/lib/runs/schema";
import { experimentNotFound, runNotFound } from "@/lib/runs/store-errors";
import { putAliases, putModel, putVersion, selectHeldBack } from "./registry-store";
import {
  endRun,
  putExperiment,
  putExperimentTags,
  putLoggedModel,
  putRun,
  type Standing,
  selectStanding,
} from "./run-store";
import type { Imported, ImportReceipt, Of } from "./schema";

/**
 * Takes over one thing of another tracking server under the id, number and times that it had there, which MLflow's
 * protocol has no words for. What is here already stays as it is: sent again, a thing changes nothing.
 * @param actor who does it, for the audit log
 * @throws TidemarkError `bad_request` for what cannot be kept; `not_found` for an experiment, run or model that it needs
 */
export async function recordImport(db: Database, item: Imported, actor: string): Promise<ImportReceipt> {
  switch (item.kind) {
    case "experiment":
      return recordExperiment(db, item);
    case "run":
      return recordRun(db, item);
    case "run_end":
      return recordEnd(db, item);
    case "logged_model":
      return recordLoggedModel(db, item);
    case "model":
      return recordModel(db, item, actor);
    case "version":
      return recordVersion(db, item, actor);
  }
}

const outcome = (isNew: boolean) => (isNew ? "new" : "there") as "new" | "there";

async function recordExperiment(db: Database, item: Of<"experiment">): Promise<ImportReceipt> {
  checkLength(item.name, "name", LIMITS.experimentName);
  checkKeys(item.tags, "tags");
  const isNew = await putExperiment(db, item);
  const { experiment_id, artifact_location, lifecycle_stage } = await getExperimentByName(db, item.name);
  const tags = item.tags.map((tag) => cut(tag, LIMITS.experimentTagValue, "tags"));
  const added = tags.length > 0 ? await putExperimentTags(db, experiment_id, once(tags)) : 0;
  return { outcome: outcome(isNew), added, experiment_id, artifact_uri: artifact_location, lifecycle_stage };
}

async function recordRun(db: Database, item: Of<"run">): Promise<ImportReceipt> {
  const isNew = await putRun(db, item);
  const standing = await selectStanding(db, item.run_id);
  if (!standing) throw experimentNotFound(item.experiment_id);
  return receiptOf(isNew, standing);
}

async function recordEnd(db: Database, item: Of<"run_end">): Promise<ImportReceipt> {
  const isNew = await endRun(db, item);
  const standing = await selectStanding(db, item.run_id);
  if (!standing) throw runNotFound(item.run_id);
  return receiptOf(isNew, standing);
}

const receiptOf = (isNew: boolean, standing: Standing): ImportReceipt => ({
  outcome: outcome(isNew),
  added: 0,
  ...standing,
});

async function recordLoggedModel(db: Database, item: Of<"logged_model">): Promise<ImportReceipt> {
  checkKeys(item.params, "params");
  checkKeys(item.tags, "tags");
  checkKeys(item.metrics, "metrics");
  const isNew = await putLoggedModel(db, {
    ...item,
    params: once(item.params.map((param) => cut(param, LIMITS.paramValue, "params"))),
    tags: once(item.tags.map((tag) => cut(tag, LIMITS.tagValue, "tags"))),
  });
  const { artifact_uri } = await getLoggedModel(db, item.model_id);
  return { outcome: outcome(isNew), added: 0, artifact_uri };
}

async function recordModel(db: Database, item: Of<"model">, actor: string): Promise<ImportReceipt> {
  checkModelName(item.name);
  checkDescription(item.description);
  checkTags(item.tags);
  const isNew = await putModel(db, { ...item, tags: once(item.tags) }, actor);
  return { outcome: outcome(isNew), added: 0 };
}

async function recordVersion(db: Database, item: Of<"version">, actor: string): Promise<ImportReceipt> {
  await getModel(db, item.model);
  checkDescription(item.description);
  checkTags(item.tags);
  for (const alias of item.aliases) checkAlias(alias);
  for (const source of [item.source, item.storage_location]) if (source !== "") checkSource(source);
  const isNew = await putVersion(db, { ...item, tags: once(item.tags) }, actor).catch((error: unknown) => {
    if (sqlState(error) !== "23505") throw whereProtected(error, item);
    throw new TidemarkError("overloaded", `another version of ${item.model} is being made: send it again`, {
      retryAfterSeconds: 1,
      cause: error,
    });
  });
  if (!isNew) {
    const here = await getModelVersion(db, { model: item.model, version: String(item.number) });
    if (here.run_id !== item.run_id || here.source !== item.source) return { outcome: "other", added: 0 };
  }
  const added =
    item.aliases.length > 0
      ? await putAliases(db, item, actor).catch((error: unknown) => {
          throw whereProtected(error, item);
        })
      : 0;
  const heldBack = await selectHeldBack(db, item);
  return { outcome: outcome(isNew), added, ...(heldBack.length > 0 ? { held_back: heldBack } : {}) };
}

/** A policy that is set at the same moment holds back what it protects when the version is sent again. */
const whereProtected = (error: unknown, { model }: Of<"version">): unknown =>
  sqlState(error) === "TM040"
    ? new TidemarkError("overloaded", `the policy of ${model} is being changed: send it again`, {
        retryAfterSeconds: 1,
        cause: error,
      })
    : error;

/** Of several tags of one key the last. */
const once = (tags: readonly KeyValue[]): KeyValue[] => [
  ...new Map(tags.map((tag) => [tag.key, tag])).values(),
];
