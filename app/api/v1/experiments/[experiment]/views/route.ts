import { z } from "zod";
import { handle } from "@/lib/http/handle";
import { NewView, SavedView, SavedViews } from "@/lib/views/schema";
import { createView, listViews } from "@/lib/views/views";

const params = z.object({ experiment: z.string() });
const path = "/api/v1/experiments/{experiment}/views";

export const GET = handle(
  {
    method: "GET",
    path,
    scope: "read",
    summary: "Saved views of an experiment's pages, by name",
    params,
    reply: SavedViews,
  },
  ({ runtime, params }) => listViews(runtime.db, params.experiment),
);

export const POST = handle(
  {
    method: "POST",
    path,
    scope: "ingest",
    role: "analyst",
    summary: "Save a view of an experiment's page under a name",
    description:
      "`query` is what the page's address says after its “?”. `is_default`, of the table of runs, is what the page opens with; the former default stops being one. 409 where the name is taken.",
    status: 201,
    params,
    body: NewView,
    reply: SavedView,
  },
  ({ runtime, params, body, principal }) => createView(runtime.db, params.experiment, body, principal.actor),
);
