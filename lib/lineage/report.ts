import type { Database } from "@/lib/db/client";
import { describeModel } from "@/lib/fleet/list";
import { describeVersion } from "@/lib/registry/list-versions";
import type { VersionAt } from "@/lib/registry/versions";
import { getRun } from "@/lib/runs/runs";
import { toDataset } from "./dataset";
import type { Lineage } from "./schema";

/** @throws TidemarkError `not_found` for the model or the version */
export async function reportLineage(db: Database, at: VersionAt): Promise<Lineage> {
  const record = await describeVersion(db, at);
  const known = record.run !== null && record.run.name !== null;
  const [model, run] = await Promise.all([
    describeModel(db, at.model),
    known ? getRun(db, record.run!.run_id) : null,
  ]);
  const summary = model.versions.find(({ version }) => version === record.version);
  return {
    model: at.model,
    version: record.version,
    stage: record.stage,
    created_at: record.created_at,
    source: record.source,
    logged_model_id: record.logged_model_id,
    run: record.run,
    datasets: run?.datasets.map(toDataset) ?? [],
    baseline: summary?.baseline ?? null,
    predictions: summary?.predictions ?? 0,
    labelled: summary?.labelled ?? 0,
    last_prediction_at: summary?.last_prediction_at ?? null,
    health: summary?.health ?? null,
  };
}
