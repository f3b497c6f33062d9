import { z } from "zod";
import { TidemarkError } from "@/lib/errors";
import {
  createRun,
  deleteRun,
  getRun,
  noteLoggedModel,
  removeRunTag,
  restoreRun,
  updateRun,
} from "@/lib/runs/runs";
import { RunStatus, ViewType } from "@/lib/runs/schema";
import { searchRuns } from "@/lib/runs/search-runs";
import { endpoint } from "./endpoint";
import { int64, list, required, runId, runIdOf, tag, text } from "./message";
import { wireRun, wireRunInfo } from "./reply";

const Id = z.object(runId);

/** The enum's numbers are as good as its names. */
const Status = z.preprocess(
  (value) =>
    typeof value === "number"
      ? ({ 1: "RUNNING", 2: "SCHEDULED", 3: "FINISHED", 4: "FAILED", 5: "KILLED" }[value] ?? value)
      : value,
  RunStatus,
);

export const RUNS = [
  endpoint(
    ["POST", "/mlflow/runs/create", "ingest"],
    "Start a run",
    z.object({
      experiment_id: text.default("0"),
      user_id: text.optional(),
      run_name: text.optional(),
      start_time: int64.optional(),
      tags: list(tag),
    }),
    async ({ runtime, message, nowMs }) => ({
      run: wireRun(
        await createRun(runtime.db, {
          experimentId: message.experiment_id || "0",
          name: message.run_name ?? "",
          userId: message.user_id || "unknown",
          startTime: message.start_time ?? nowMs,
          tags: message.tags,
        }),
      ),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/runs/get", "read"],
    "A run with its latest metrics",
    Id,
    async ({ runtime, message }) => ({
      run: wireRun(await getRun(runtime.db, runIdOf(message))),
    }),
  ),
  endpoint(
    ["POST", "/mlflow/runs/update", "ingest"],
    "Change a run's status, end or name",
    z.object({
      ...runId,
      status: Status.optional(),
      end_time: int64.optional(),
      run_name: text.optional(),
    }),
    async ({ runtime, message }) => ({
      run_info: wireRunInfo(
        await updateRun(runtime.db, runIdOf(message), {
          status: message.status,
          endTime: message.end_time,
          name: message.run_name,
        }),
      ),
    }),
  ),
  endpoint(
    ["POST", "/mlflow/runs/search", "read"],
    "Search the runs of experiments",
    z.object({
      experiment_ids: list(z.union([text, z.number().transform(String)])),
      filter: text.default(""),
      run_view_type: ViewType.default("ACTIVE_ONLY"),
      max_results: int64.default(1000),
      order_by: list(text),
      page_token: text.optional(),
    }),
    async ({ runtime, message }) => {
      const page = await searchRuns(runtime.db, {
        experimentIds: message.experiment_ids,
        filter: message.filter,
        view: message.run_view_type,
        orderBy: message.order_by,
        maxResults: message.max_results,
        pageToken: message.page_token ?? null,
      });
      return {
        runs: page.rows.map(wireRun),
        ...(page.next_page_token ? { next_page_token: page.next_page_token } : {}),
      };
    },
  ),
  endpoint(
    ["POST", "/mlflow/runs/delete", "ingest"],
    "Delete a run, which can be restored",
    Id,
    async ({ runtime, message, principal, nowMs }) => {
      await deleteRun(runtime.db, runIdOf(message), principal.actor, { nowMs });
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/runs/restore", "ingest"],
    "Restore a deleted run",
    Id,
    async ({ runtime, message, principal, nowMs }) => {
      await restoreRun(runtime.db, runIdOf(message), principal.actor, { nowMs });
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/runs/delete-tag", "ingest"],
    "Delete a tag of a run",
    z.object({ ...runId, key: required }),
    async ({ runtime, message }) => {
      await removeRunTag(runtime.db, runIdOf(message), message.key);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/runs/log-model", "ingest"],
    "Note a model among a run's artifacts (MLflow 2)",
    z.object({ ...runId, model_json: required }),
    async ({ runtime, message }) => {
      await noteLoggedModel(runtime.db, runIdOf(message), readModel(message.model_json));
      return {};
    },
  ),
];

function readModel(text: string): object {
  let model: unknown;
  try {
    model = JSON.parse(text);
  } catch {
    throw new TidemarkError("bad_request", "Malformed model info. model_json is not JSON");
  }
  const missing = ["artifact_path", "flavors", "utc_time_created", "run_id"].filter(
    (name) => typeof model !== "object" || model === null || !(name in model),
  );
  if (missing.length === 0) return model as object;
  throw new TidemarkError(
    "bad_request",
    `Model json is missing mandatory fields: ${missing.map((name) => `'${name}'`).join(", ")}`,
  );
}
