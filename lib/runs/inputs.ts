import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { experimentNumber } from "./experiment-store";
import { type DatasetSummary, selectDatasets, writeInputs, writeModelLinks } from "./inputs-store";
import { checkLength, invalid, missing } from "./limits";
import { getActiveRun } from "./runs";
import type { RunDataset } from "./schema";

/** mlflow/utils/validation.py */
const LIMITS = {
  name: 500,
  digest: 36,
  source: 65_535,
  schema: 1_048_575,
  profile: 16_777_215,
  datasets: 1000,
};
const MOST_SUMMARIES = 1000;
const MOST_EXPERIMENTS = 20;

/** Notes which data sets and logged models a run read. */
export async function logInputs(
  db: Database,
  runId: string,
  {
    datasets = [],
    models = [],
  }: { datasets?: readonly RunDataset[]; models?: readonly { model_id: string }[] },
): Promise<void> {
  if (datasets.length > LIMITS.datasets) {
    throw invalid(datasets.length, "datasets", `A request may name at most ${LIMITS.datasets} data sets`);
  }
  datasets.forEach(checkDataset);
  const run = await getActiveRun(db, runId);
  if (datasets.length > 0) await writeInputs(db, run, datasets);
  if (models.length > 0) {
    await writeModelLinks(
      db,
      runId,
      "input",
      models.map(({ model_id }) => ({ model_id, step: 0 })),
    );
  }
}

/** Notes which logged models a run made, and at which step. */
export async function logOutputs(
  db: Database,
  runId: string,
  models: readonly { model_id: string; step: number }[],
): Promise<void> {
  await getActiveRun(db, runId);
  if (models.length > 0) await writeModelLinks(db, runId, "output", models);
}

/** The data sets that runs of some experiments read. @throws TidemarkError `bad_request` for none or more than 20 */
export async function listDatasets(
  db: Database,
  experimentIds: readonly string[],
): Promise<DatasetSummary[]> {
  if (experimentIds.length === 0) {
    throw new TidemarkError("bad_request", "SearchDatasets request must specify at least one experiment_id.");
  }
  if (experimentIds.length > MOST_EXPERIMENTS) {
    throw new TidemarkError(
      "bad_request",
      `SearchDatasets request cannot specify more than ${MOST_EXPERIMENTS} experiment_ids. Received ${experimentIds.length} experiment_ids.`,
    );
  }
  const numbers = experimentIds.map(experimentNumber).filter((number) => number !== null);
  return selectDatasets(db, numbers, MOST_SUMMARIES);
}

function checkDataset(dataset: RunDataset, place: number): void {
  const at = `datasets[${place}]`;
  if (dataset.name === "") throw missing(`${at}.dataset.name`);
  if (dataset.digest === "") throw missing(`${at}.dataset.digest`);
  for (const field of ["name", "digest", "source", "schema", "profile"] as const) {
    checkLength(dataset[field] ?? "", `${at}.dataset.${field}`, LIMITS[field]);
  }
  for (const { key, value } of dataset.tags) {
    checkLength(key, `${at}.tags.key`, 255);
    checkLength(value, `${at}.tags.value`, 500);
  }
}
