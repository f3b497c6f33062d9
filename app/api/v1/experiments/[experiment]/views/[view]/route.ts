import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { SavedView, SavedViews, ViewChange } from "@/lib/views/schema";
import { changeView, deleteView, listViews } from "@/lib/views/views";

const params = z.object({ experiment: z.string(), view: z.string() });
const path = "/api/v1/experiments/{experiment}/views/{view}";

export const PATCH = handle(
  {
    method: "PATCH",
    path,
    scope: "ingest",
    role: "analyst",
    summary: "Rename a saved view, save another state under its name, or make it the default",
    params,
    body: ViewChange,
    reply: SavedView,
  },
  ({ runtime, params, body, principal }) =>
    changeView(runtime.db, { experimentId: params.experiment, view: params.view }, body, principal.actor),
);

export const DELETE = handle(
  {
    method: "DELETE",
    path,
    scope: "ingest",
    role: "analyst",
    summary: "Delete a saved view; the others of the experiment come back",
    params,
    reply: SavedViews,
  },
  async ({ runtime, params, principal }) => {
    await deleteView(runtime.db, { experimentId: params.experiment, view: params.view }, principal.actor);
    return listViews(runtime.db, params.experiment);
  },
);
