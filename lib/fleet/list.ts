import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import type { BaselineInfo, ModelList, ModelSummary, VersionSummary } from "@/lib/models/schema";
import { stateOf } from "./cache";
import type { VersionState } from "./health";
import { type ModelRow, readModels, readVersions, type VersionRow } from "./store";

/** A version as the pages see it, with what only metrics want. */
export type FleetVersion = { model: string; summary: VersionSummary; state: VersionState };

/** Every model with its versions and how each is doing. What has not changed since it was last asked costs nothing. */
export async function listModels(db: Database): Promise<ModelList> {
  const { models, versions } = await readFleet(db, null);
  return { models: models.map((model) => toSummary(model, versions.get(model.modelId) ?? [])) };
}

/** @throws TidemarkError `not_found` that names the models there are */
export async function describeModel(db: Database, name: string): Promise<ModelSummary> {
  const { models, versions } = await readFleet(db, name);
  const [model] = models;
  if (model) return toSummary(model, versions.get(model.modelId) ?? []);
  const known = (await readModels(db, null)).slice(0, 20).map((each) => `"${each.model}"`);
  throw new TidemarkError(
    "not_found",
    known.length > 0
      ? `there is no model "${name}"; there are ${known.join(", ")}`
      : `there is no model "${name}"; a model appears with its first logged prediction or baseline`,
  );
}

/** Versions of all models, for what watches them. */
export async function listVersions(db: Database): Promise<FleetVersion[]> {
  const { versions } = await readFleet(db, null);
  return [...versions.values()].flat();
}

async function readFleet(db: Database, model: string | null) {
  const [models, found] = await Promise.all([readModels(db, model), readVersions(db, model)]);
  const names = new Map(models.map((each) => [each.modelId, each]));
  const versions = new Map<number, FleetVersion[]>();
  const settled = await Promise.all(
    // A version whose model came between the two reads waits for the next one.
    found
      .filter((row) => names.has(row.modelId))
      .map(async (row) => {
        const of = names.get(row.modelId)!;
        const state = await stateOf(db, of, row);
        return { modelId: row.modelId, version: { model: of.model, summary: summarise(row, state), state } };
      }),
  );
  for (const { modelId, version } of settled) {
    versions.set(modelId, [...(versions.get(modelId) ?? []), version]);
  }
  return { models, versions };
}

function toSummary(row: ModelRow, versions: readonly FleetVersion[]): ModelSummary {
  const classes = row.classes ?? [];
  return {
    model: row.model,
    task: row.task,
    positive_class: row.positiveClass === null ? null : (classes[row.positiveClass - 1] ?? null),
    classes,
    created_at: iso(row.createdMs),
    versions: versions.map(({ summary }) => summary),
  };
}

function summarise(row: VersionRow, { health, sparkline }: VersionState): VersionSummary {
  return {
    version: row.version,
    stage: row.stage,
    created_at: iso(row.createdMs),
    predictions: row.n,
    errors: row.errors,
    labelled: row.labelled,
    features: row.features,
    first_prediction_at: isoOrNull(row.firstMs),
    last_prediction_at: isoOrNull(row.lastMs),
    last_received_at: isoOrNull(row.receivedMs),
    baseline: row.baseline && baselineInfo(row.baseline),
    health,
    sparkline,
  };
}

export function baselineInfo(baseline: NonNullable<VersionRow["baseline"]>): BaselineInfo {
  const { kind, rows, labelled, fromMs, toMs, fileName, createdMs } = baseline;
  return {
    kind,
    rows,
    window: fromMs !== null && toMs !== null ? { from: iso(fromMs), to: iso(toMs) } : null,
    file_name: fileName,
    created_at: iso(createdMs),
    labelled,
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));
