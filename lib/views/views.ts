import type { Database } from "@/lib/db/client";
import { sqlState } from "@/lib/db/errors";
import { TidemarkError } from "@/lib/errors";
import { experimentNumber, selectExperiment } from "@/lib/runs/experiment-store";
import { experimentNotFound } from "@/lib/runs/store-errors";
import type { NewView, SavedView, SavedViews, ViewChange } from "./schema";
import { deleteViewRow, selectViews, writeView } from "./store";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws TidemarkError `not_found` for the experiment */
export async function listViews(db: Database, experimentId: string): Promise<SavedViews> {
  if (!(await selectExperiment(db, experimentId))) throw experimentNotFound(experimentId);
  return { views: await selectViews(db, Number(experimentId)) };
}

/**
 * Names a view of an experiment's page. A default takes the place of the former one.
 * @throws TidemarkError `not_found` for the experiment, `conflict` where the name is taken
 */
export async function createView(
  db: Database,
  experimentId: string,
  view: NewView,
  actor: string,
): Promise<SavedView> {
  return save(db, { experimentId, view: null }, view, actor);
}

/** @throws TidemarkError `not_found`, `conflict` where the name is taken, `bad_request` for a default comparison */
export async function changeView(
  db: Database,
  at: { experimentId: string; view: string },
  change: ViewChange,
  actor: string,
): Promise<SavedView> {
  return save(db, at, change, actor);
}

/** @throws TidemarkError `not_found` */
export async function deleteView(
  db: Database,
  { experimentId, view }: { experimentId: string; view: string },
  actor: string,
): Promise<void> {
  const experiment = experimentNumber(experimentId);
  if (experiment === null) throw experimentNotFound(experimentId);
  if (!UUID.test(view) || !(await deleteViewRow(db, { experiment, view }, actor))) throw viewNotFound(view);
}

async function save(
  db: Database,
  { experimentId, view }: { experimentId: string; view: string | null },
  change: NewView | ViewChange,
  actor: string,
): Promise<SavedView> {
  const experiment = experimentNumber(experimentId);
  if (experiment === null) throw experimentNotFound(experimentId);
  if (view !== null && !UUID.test(view)) throw viewNotFound(view);
  try {
    const id = await writeView(db, { experiment, view }, change, actor);
    const [saved] = id === null ? [] : await selectViews(db, experiment, id);
    if (!saved) throw viewNotFound(view ?? "");
    return saved;
  } catch (error) {
    switch (sqlState(error)) {
      case "TM010":
        throw experimentNotFound(experimentId);
      case "23505":
        throw new TidemarkError(
          "conflict",
          `there is a view named ${JSON.stringify(change.name)} already: choose another name, or change that one`,
          { cause: error },
        );
      case "23514":
        throw new TidemarkError(
          "bad_request",
          "only the table of runs has a default view: a comparison opens by its link",
          { cause: error },
        );
      default:
        throw error;
    }
  }
}

const viewNotFound = (view: string) =>
  new TidemarkError(
    "not_found",
    `there is no saved view ${JSON.stringify(view.slice(0, 100))} in this experiment: somebody may have deleted it`,
  );
