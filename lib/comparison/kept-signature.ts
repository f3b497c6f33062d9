import type { Keeper } from "@/lib/artifacts/keeper";
import { keptPath } from "@/lib/artifacts/location";
import { folderPath, joinPath } from "@/lib/artifacts/path";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";
import { selectRunInfo } from "@/lib/runs/run-store";
import { readSignature } from "./signature";

/** An MLmodel file has a few kilobytes; what is larger by far is none. */
const LARGEST_FILE = 2_000_000;
/** "runs:/<run id>/<path below its artifacts>" */
const RUN_LOCATION = /^runs:\/+([^/]+)\/?(.*)$/;

type From = { db: Database; keeper: Keeper };

/** The signature of a version, where its files lie with this server and hold one. */
export async function keptSignature(from: From, at: VersionAt): Promise<ReturnType<typeof readSignature>> {
  const text = await readMlmodel(from, at);
  return text === null ? null : readSignature(text);
}

/** MLflow's description of the version's files, where they lie with this server and have one. */
export async function readMlmodel({ db, keeper }: From, at: VersionAt): Promise<string | null> {
  const { storage_location } = await getModelVersion(db, at);
  const folder = await keptFolder(db, storage_location);
  const file = folder === null ? null : await keeper.read(joinPath(folder, "MLmodel"));
  if (!file) return null;
  if (file.bytes > LARGEST_FILE) {
    await file.stream.cancel();
    return null;
  }
  return new Response(file.stream).text();
}

/** null for files that lie elsewhere, and for an address that leads nowhere. */
export async function keptFolder(db: Database, location: string): Promise<string | null> {
  const runId = RUN_LOCATION.exec(location)?.[1];
  const root = runId === undefined ? null : ((await selectRunInfo(db, runId))?.artifact_uri ?? null);
  return folderOfLocation(location, root);
}

/** As `keptFolder`, of a location "runs:/…" whose run is known. @param runRoot where the run's artifacts are */
export function folderOfLocation(location: string, runRoot: string | null): string | null {
  try {
    const inside = RUN_LOCATION.exec(location)?.[2];
    if (inside === undefined) return keptPath(location);
    const root = runRoot === null ? null : keptPath(runRoot);
    return root === null ? null : joinPath(root, folderPath(inside));
  } catch (error) {
    if (error instanceof TidemarkError) return null;
    throw error;
  }
}
