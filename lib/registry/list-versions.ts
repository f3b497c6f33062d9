import type { Database } from "@/lib/db/client";
import { getModel } from "./models";
import { selectModelRevision } from "./store";
import { selectFormerProduction, selectVersionRows, type VersionRow } from "./version-store";
import { getModelVersion, type VersionAt } from "./versions";
import type { VersionList, VersionRecord } from "./wire";

/** @throws TidemarkError `not_found` for the model */
export async function listVersions(db: Database, model: string): Promise<VersionList> {
  const { description, tags, owner } = await getModel(db, model);
  const [found, rollbackTo, revision] = await Promise.all([
    selectVersionRows(db, model),
    selectFormerProduction(db, model),
    selectModelRevision(db, model),
  ]);
  return {
    model,
    description,
    tags,
    owner,
    revision,
    versions: found.map(toRecord),
    rollback_to: rollbackTo,
  };
}

/** @throws TidemarkError `not_found` for the model or the version */
export async function describeVersion(db: Database, at: VersionAt): Promise<VersionRecord> {
  const { model, version } = await getModelVersion(db, at);
  const [found] = await selectVersionRows(db, model, version);
  return toRecord(found!);
}

const toRecord = (row: VersionRow): VersionRecord => ({
  version: row.version,
  stage: row.stage,
  aliases: row.aliases,
  tags: row.tags,
  description: row.description,
  owner: row.owner,
  source: row.source,
  run: row.run_id
    ? { run_id: row.run_id, name: row.run_name, status: row.run_status, experiment_id: row.experiment_id }
    : null,
  logged_model_id: row.logged_model_id,
  created_at: new Date(row.created_ms).toISOString(),
  updated_at: new Date(row.updated_ms).toISOString(),
  revision: row.revision,
});
