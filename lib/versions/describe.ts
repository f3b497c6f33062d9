import type { Database } from "@/lib/db/client";
import type { VersionSchema } from "@/lib/models/schema";
import { getVersion } from "@/lib/models/store";
import { readBaselineInfo } from "./store";

/** A version's schema and settings, as a person may see and correct them. */
export async function describeSchema(
  db: Database,
  { model, version }: { model: string; version: string },
): Promise<VersionSchema> {
  const record = await getVersion(db, model, version);
  return {
    model: record.model,
    version: record.version,
    stage: record.stage,
    task: record.task,
    positive_class: record.positiveClass === null ? null : (record.classes[record.positiveClass - 1] ?? null),
    classes: record.classes,
    settings: record.settings,
    features: record.columns.map(({ id: _, ...feature }) => feature),
    baseline: await readBaselineInfo(db, record),
  };
}
