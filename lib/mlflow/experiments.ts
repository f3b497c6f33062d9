import { z } from "zod";
import {
  createExperiment,
  deleteExperiment,
  deleteExperimentTag,
  getExperiment,
  getExperimentByName,
  restoreExperiment,
  setExperimentTag,
  updateExperiment,
} from "@/lib/runs/experiments";
import { ViewType } from "@/lib/runs/schema";
import { searchExperiments } from "@/lib/runs/search-experiments";
import { type Call, endpoint } from "./endpoint";
import { int64, list, required, tag, text } from "./message";
import { wireExperiment } from "./reply";

const Search = z.object({
  max_results: int64.default(1000),
  page_token: text.optional(),
  filter: text.default(""),
  order_by: list(text),
  view_type: ViewType.default("ACTIVE_ONLY"),
});

async function search({ runtime, message }: Call<z.output<typeof Search>>) {
  const page = await searchExperiments(runtime.db, {
    filter: message.filter,
    orderBy: message.order_by,
    view: message.view_type,
    maxResults: message.max_results,
    pageToken: message.page_token ?? null,
  });
  return {
    experiments: page.rows.map(wireExperiment),
    ...(page.next_page_token ? { next_page_token: page.next_page_token } : {}),
  };
}

const Id = z.object({ experiment_id: required });
const summary = "Search experiments";

export const EXPERIMENTS = [
  endpoint(
    ["POST", "/mlflow/experiments/create", "ingest"],
    "Make an experiment",
    z.object({ name: required, artifact_location: text.optional(), tags: list(tag) }),
    async ({ runtime, message, nowMs }) => ({
      experiment_id: await createExperiment(
        runtime.db,
        { name: message.name, artifactLocation: message.artifact_location || null, tags: message.tags },
        { nowMs },
      ),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/experiments/get-by-name", "read"],
    "An experiment by name",
    z.object({ experiment_name: required }),
    async ({ runtime, message }) => ({
      experiment: wireExperiment(await getExperimentByName(runtime.db, message.experiment_name)),
    }),
  ),
  endpoint(
    ["GET", "/mlflow/experiments/get", "read"],
    "An experiment by id",
    Id,
    async ({ runtime, message }) => ({
      experiment: wireExperiment(await getExperiment(runtime.db, message.experiment_id)),
    }),
  ),
  endpoint(["POST", "/mlflow/experiments/search", "read"], summary, Search, search),
  endpoint(["GET", "/mlflow/experiments/search", "read"], summary, Search, search),
  endpoint(
    ["POST", "/mlflow/experiments/delete", "ingest"],
    "Delete an experiment with its runs, which can be restored",
    Id,
    async ({ runtime, message, principal, nowMs }) => {
      await deleteExperiment(runtime.db, message.experiment_id, principal.actor, { nowMs });
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/experiments/restore", "ingest"],
    "Restore an experiment and the runs deleted with it",
    Id,
    async ({ runtime, message, principal, nowMs }) => {
      await restoreExperiment(runtime.db, message.experiment_id, principal.actor, { nowMs });
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/experiments/update", "ingest"],
    "Rename an experiment",
    z.object({ experiment_id: required, new_name: required }),
    async ({ runtime, message, principal, nowMs }) => {
      const change = { name: message.new_name, actor: principal.actor };
      await updateExperiment(runtime.db, message.experiment_id, change, { nowMs });
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/experiments/set-experiment-tag", "ingest"],
    "Set a tag of an experiment",
    z.object({ experiment_id: required, key: required, value: text.default("") }),
    async ({ runtime, message }) => {
      await setExperimentTag(runtime.db, message.experiment_id, message);
      return {};
    },
  ),
  endpoint(
    ["POST", "/mlflow/experiments/delete-experiment-tag", "ingest"],
    "Delete a tag of an experiment",
    z.object({ experiment_id: required, key: required }),
    async ({ runtime, message }) => {
      await deleteExperimentTag(runtime.db, message.experiment_id, message.key);
      return {};
    },
  ),
];
