import { randomUUID } from "node:crypto";
import { recordAudit } from "@/lib/audit/record";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { experimentNumber } from "./experiment-store";
import { checkKeys, checkLength, checkText, cut, LIMITS } from "./limits";
import { appendToHistory } from "./log-store";
import { inventRunName } from "./run-name";
import { attach, deleteRunTag, insertRun, moveRun, selectRunInfo, writeRun } from "./run-store";
import type { KeyValue, Run, RunInfo, RunStatus } from "./schema";
import { experimentNotFound, notActive, runNotFound, writing } from "./store-errors";

const NAME_TAG = "mlflow.runName";

/** A run with its latest metrics, params, tags, data sets and models. @throws TidemarkError `not_found` */
export async function getRun(db: Database, runId: string): Promise<Run> {
  const [run] = await attach(db, [await getRunInfo(db, runId)]);
  return run!;
}

/** @throws TidemarkError `not_found` */
export async function getRunInfo(db: Database, runId: string): Promise<RunInfo> {
  const info = await selectRunInfo(db, runId);
  if (!info) throw runNotFound(runId);
  return info;
}

/** A run that may be written to. @throws TidemarkError `not_found`, or `bad_request` where it is deleted */
export async function getActiveRun(db: Database, runId: string): Promise<RunInfo> {
  const info = await getRunInfo(db, runId);
  if (info.lifecycle_stage === "deleted") throw notActive(runId);
  return info;
}

/**
 * Starts a run. Its name is kept as a tag too, where old clients look for it; one is invented where none is given.
 * @throws TidemarkError `not_found` for the experiment, `bad_request` where that is deleted
 */
export async function createRun(
  db: Database,
  {
    experimentId,
    name = "",
    userId = "unknown",
    startTime = null,
    tags = [],
  }: {
    experimentId: string;
    name?: string;
    userId?: string;
    startTime?: number | null;
    tags?: readonly KeyValue[];
  },
): Promise<Run> {
  checkKeys(tags, "tags");
  const said = tags.findLast((tag) => tag.key === NAME_TAG)?.value ?? "";
  if (name !== "" && said !== "" && name !== said) {
    throw new TidemarkError(
      "bad_request",
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${name}', mlflow.runName='${said}').`,
    );
  }
  const runName = name || said || inventRunName();
  checkLength(runName, "run_name", LIMITS.tagValue);
  checkLength(userId, "user_id", 256);
  const experiment = experimentNumber(experimentId);
  if (experiment === null) throw experimentNotFound(experimentId);
  const runId = randomUUID().replaceAll("-", "");
  const kept = [...tags.filter((tag) => tag.key !== NAME_TAG), { key: NAME_TAG, value: runName }];
  await writing(
    runId,
    insertRun(db, {
      runId,
      experiment,
      name: runName,
      userId,
      startTime,
      tags: kept.map((tag, place) => cut(tag, LIMITS.tagValue, `tags[${place}].value`)),
    }),
    experimentId,
  );
  return getRun(db, runId);
}

/** Changes status, end or name of a run; what is left out stays. */
export async function updateRun(
  db: Database,
  runId: string,
  change: { status?: RunStatus | undefined; endTime?: number | undefined; name?: string | undefined },
): Promise<RunInfo> {
  if (change.name) checkLength(change.name, "run_name", LIMITS.tagValue);
  await writing(
    runId,
    writeRun(db, runId, {
      status: change.status ?? null,
      endTime: change.endTime ?? null,
      name: change.name || null,
    }),
  );
  return getRunInfo(db, runId);
}

/** Hides a run. Nothing is erased: `restoreRun` brings it back. */
export async function deleteRun(
  db: Database,
  runId: string,
  actor: string,
  { nowMs }: { nowMs: number },
): Promise<void> {
  if (!(await moveRun(db, runId, "deleted", nowMs))) throw runNotFound(runId);
  await recordAudit(db, { actor, action: "run.delete", subject: `run:${runId}` });
}

export async function restoreRun(
  db: Database,
  runId: string,
  actor: string,
  { nowMs }: { nowMs: number },
): Promise<void> {
  if (!(await moveRun(db, runId, "active", nowMs))) throw runNotFound(runId);
  await recordAudit(db, { actor, action: "run.restore", subject: `run:${runId}` });
}

export async function removeRunTag(db: Database, runId: string, key: string): Promise<void> {
  await getActiveRun(db, runId);
  if (await deleteRunTag(db, runId, key)) return;
  throw new TidemarkError("not_found", `No tag with name: ${key} in run with id ${runId}`);
}

/** Notes what MLflow 2 says of a model that it logged among a run's artifacts: one more entry of a list kept as a tag. */
export async function noteLoggedModel(db: Database, runId: string, model: object): Promise<void> {
  const text = JSON.stringify(model);
  checkText(text, "model_json");
  await getActiveRun(db, runId);
  await appendToHistory(db, runId, text);
}
