import type { Database } from "@/lib/db/client";
import { getVersion } from "@/lib/models/store";
import { showSpan } from "@/lib/summaries/window";
import { noBaseline } from "./put";
import type { BaselineReply } from "./schema";
import { readBaseline, readBaselineFeatures } from "./store";

/** What the version's baseline is made of. @throws TidemarkError `not_found` where there is none */
export async function reportBaseline(
  db: Database,
  { model, version }: { model: string; version: string },
): Promise<BaselineReply> {
  const record = await getVersion(db, model, version);
  const [found, features] = await Promise.all([readBaseline(db, record), readBaselineFeatures(db, record)]);
  if (!found) throw noBaseline(model, version);
  return {
    kind: found.kind,
    rows: found.rows,
    window: found.window && showSpan(found.window),
    file_name: found.fileName,
    created_at: new Date(found.createdMs).toISOString(),
    labelled: found.labelled,
    features: record.columns.flatMap((column) => {
      const feature = features.get(column.id);
      return feature ? [{ name: column.name, type: column.type, missing: feature.histogram.missing }] : [];
    }),
    rebuild_before: found.rebuildBeforeMs === null ? null : new Date(found.rebuildBeforeMs).toISOString(),
  };
}
