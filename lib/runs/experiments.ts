import { recordAudit } from "@/lib/audit/record";
import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import {
  deleteExperimentTagRow,
  experimentNumber,
  insertExperiment,
  moveExperiment,
  renameExperiment,
  selectExperiment,
  selectExperimentByName,
  upsertExperimentTag,
} from "./experiment-store";
import { checkKey, checkLength, invalid, LIMITS, missing } from "./limits";
import type { Experiment, KeyValue } from "./schema";
import { experimentNotFound } from "./store-errors";

/** @throws TidemarkError `not_found` */
export async function getExperiment(db: Database, id: string): Promise<Experiment> {
  const found = await selectExperiment(db, id);
  if (!found) throw experimentNotFound(id);
  return found;
}

/** Deleted ones too, since their names stay taken. @throws TidemarkError `not_found` */
export async function getExperimentByName(db: Database, name: string): Promise<Experiment> {
  const found = await selectExperimentByName(db, name);
  if (!found) {
    throw new TidemarkError("not_found", `Could not find experiment with name '${name.slice(0, 500)}'`);
  }
  return found;
}

/**
 * Makes an experiment and gives its id.
 * @param artifactLocation where its runs' files go; null = this server keeps them
 * @throws TidemarkError `conflict` where the name is taken, by a deleted one too
 */
export async function createExperiment(
  db: Database,
  {
    name,
    artifactLocation = null,
    tags = [],
  }: { name: string; artifactLocation?: string | null; tags?: readonly KeyValue[] },
  { nowMs }: { nowMs: number },
): Promise<string> {
  checkName(name);
  for (const tag of tags) checkTag(tag);
  if (artifactLocation !== null) checkArtifactLocation(artifactLocation);
  const id = await insertExperiment(db, { name, artifactLocation, tags, nowMs });
  if (id !== null) return id;
  throw await taken(db, name);
}

export async function updateExperiment(
  db: Database,
  id: string,
  { name, actor }: { name: string; actor: string },
  { nowMs }: { nowMs: number },
): Promise<void> {
  checkName(name);
  const before = await active(db, id);
  try {
    await renameExperiment(db, Number(before.experiment_id), name, nowMs);
  } catch (error) {
    if (sqlState(error) === "23505") throw await taken(db, name);
    throw error;
  }
  await recordAudit(db, {
    actor,
    action: "experiment.rename",
    subject: `experiment:${id}`,
    before: { name: before.name },
    after: { name },
  });
}

/** Deletes an experiment with its runs. Nothing is erased: `restoreExperiment` brings both back. */
export async function deleteExperiment(
  db: Database,
  id: string,
  actor: string,
  { nowMs }: { nowMs: number },
): Promise<void> {
  await move(db, id, "deleted", actor, nowMs);
}

export async function restoreExperiment(
  db: Database,
  id: string,
  actor: string,
  { nowMs }: { nowMs: number },
): Promise<void> {
  await move(db, id, "active", actor, nowMs);
}

async function move(db: Database, id: string, to: "active" | "deleted", actor: string, nowMs: number) {
  const number = experimentNumber(id);
  if (number === null || !(await moveExperiment(db, number, to, nowMs))) throw experimentNotFound(id);
  await recordAudit(db, {
    actor,
    action: to === "deleted" ? "experiment.delete" : "experiment.restore",
    subject: `experiment:${id}`,
  });
}

export async function setExperimentTag(db: Database, id: string, tag: KeyValue): Promise<void> {
  checkTag(tag);
  await upsertExperimentTag(db, Number((await active(db, id)).experiment_id), tag);
}

export async function deleteExperimentTag(db: Database, id: string, key: string): Promise<void> {
  const { experiment_id } = await active(db, id);
  if (await deleteExperimentTagRow(db, Number(experiment_id), key)) return;
  throw new TidemarkError("not_found", `No tag with name: ${key} in experiment with id ${id}`);
}

async function active(db: Database, id: string): Promise<Experiment> {
  const found = await getExperiment(db, id);
  if (found.lifecycle_stage === "active") return found;
  throw new TidemarkError(
    "bad_request",
    `The experiment ${id} must be in the 'active' state. Current state is deleted. Restore it first.`,
  );
}

async function taken(db: Database, name: string): Promise<TidemarkError> {
  const holder = await selectExperimentByName(db, name);
  return new TidemarkError(
    "conflict",
    holder?.lifecycle_stage === "deleted"
      ? `Experiment '${name}' already exists in deleted state. Restore the experiment, or rename it before you reuse its name.`
      : `Experiment(name=${name}) already exists.`,
  );
}

function checkName(name: string): void {
  if (name === "") throw missing("name");
  checkLength(name, "name", LIMITS.experimentName);
}

function checkTag({ key, value }: KeyValue): void {
  checkKey(key, "key");
  checkLength(value, "value", LIMITS.experimentTagValue);
}

/** A location with a query or a way up would put one experiment's files among another's. */
function checkArtifactLocation(location: string): void {
  checkLength(location, "artifact_location", 1000);
  if (location.includes("#") || location.includes("?")) {
    throw invalid(location, "artifact_location", "Artifact URIs must not contain '#' or '?'");
  }
  if (/(^|[/\\])\.\.([/\\]|$)/.test(decodeAll(location))) {
    throw invalid(location, "artifact_location", "Invalid path: it leads upwards");
  }
}

function decodeAll(text: string): string {
  try {
    const plain = decodeURIComponent(text);
    return plain === text ? text : decodeAll(plain);
  } catch {
    return text;
  }
}
