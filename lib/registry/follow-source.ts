import { sql } from "drizzle-orm";
import { type Database, rows } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { versionName } from "./names";
import { selectVersion, selectVersionByAlias } from "./store";

type Followed = { location: string; runId: string | null; loggedModelId: string | null };

/**
 * Where a source leads. A copy of a version points at the files of the original, so that it survives the original; a
 * logged model brings its run.
 */
export async function followSource(
  db: Database,
  source: string,
  loggedModelId: string | null,
): Promise<Followed> {
  const target = /^models:\/+(.+)$/.exec(source)?.[1];
  const logged = target && /^m-[^/@]+$/.test(target) ? target : loggedModelId;
  const model = logged ? await findLogged(db, logged) : null;
  const runId = model?.source_run_id ?? null;
  if (!target) return { location: source, runId, loggedModelId: logged };
  if (model && logged === target) return { location: model.artifact_uri, runId, loggedModelId: logged };
  const [, name, mark, version] = /^([^/@]+)([/@])(.+)$/.exec(target) ?? [];
  const original = !name
    ? null
    : mark === "@"
      ? await selectVersionByAlias(db, name, version!)
      : await selectVersion(db, name, versionName(version!));
  if (!original) {
    throw new TidemarkError(
      "bad_request",
      `Unable to fetch model from model URI source artifact location '${source}': there is no such model version`,
    );
  }
  return {
    location: original.storage_location,
    runId: runId ?? original.run_id,
    loggedModelId: logged ?? original.logged_model_id,
  };
}

async function findLogged(db: Database, id: string) {
  const [found] = await rows<{ artifact_uri: string; source_run_id: string | null }>(
    db,
    sql`SELECT artifact_uri, source_run_id FROM logged_model
      WHERE logged_model_id = ${id}::text AND deleted_time IS NULL`,
  );
  return found ?? null;
}
