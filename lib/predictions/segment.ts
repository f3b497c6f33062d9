import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { PREDICTION, type VersionRecord } from "@/lib/models/store";
import type { RawFilter } from "@/lib/summaries/raw";
import { wordOf } from "./word";

/** Matches no row: a value that was never seen is an empty segment, not an error. */
const NEVER_SEEN = -1;

/**
 * What "carrier:AA" means for a version: a segment key, else a categorical feature, else "prediction" for the
 * predicted class. Only the first colon divides, so that values may hold more.
 * @throws TidemarkError `bad_request` naming what there is to cut by
 */
export async function resolveSegment(
  db: Database,
  record: VersionRecord,
  segment: string | null | undefined,
): Promise<RawFilter | null> {
  if (!segment) return null;
  const colon = segment.indexOf(":");
  if (colon < 1) {
    throw new TidemarkError("bad_request", `segment="${segment}": write it as key:value, such as carrier:AA`);
  }
  const name = segment.slice(0, colon);
  const value = wordOf(segment.slice(colon + 1));
  const named = record.columns.filter((column) => column.name === name);
  const column =
    named.find(({ role }) => role === "segment") ?? named.find(({ type }) => type === "categorical");
  if (column) {
    const [found] = await rows<{ code: number }>(
      db,
      sql`SELECT code FROM category WHERE model_id = ${record.modelId} AND version_id = ${record.versionId}
        AND feature_id = ${column.id} AND value = ${value}`,
    );
    return { featureId: column.id, code: found?.code ?? NEVER_SEEN };
  }
  if (name === "prediction" && record.task === "classification") {
    const code = record.classes.indexOf(value) + 1;
    return { featureId: PREDICTION, code: code > 0 ? code : NEVER_SEEN };
  }
  const known = record.columns
    .filter(({ role, type }) => role === "segment" || type === "categorical")
    .map((each) => each.name);
  throw new TidemarkError(
    "bad_request",
    named.length > 0
      ? `segment: "${name}" is a number; a segment wants categories: ${known.join(", ") || "this version has none"}`
      : `segment: version "${record.version}" has no "${name.slice(0, 80)}"; it can be cut by ${[...known, ...(record.task === "classification" ? ["prediction"] : [])].join(", ") || "nothing yet"}`,
  );
}
