import type { Keeper } from "@/lib/artifacts/keeper";
import { keptPath } from "@/lib/artifacts/location";
import { folderPath, joinPath } from "@/lib/artifacts/path";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";
import { getRunInfo } from "@/lib/runs/runs";
import { readSignature } from "./signature";

/** An MLmodel file has a few kilobytes; what is larger by far is none. */
const LARGEST_FILE = 2_000_000;

/** The signature of a version, where its files lie with this server and hold one. */
export async function keptSignature(
  { db, keeper }: { db: Database; keeper: Keeper },
  at: VersionAt,
): Promise<ReturnType<typeof readSignature>> {
  const { storage_location } = await getModelVersion(db, at);
  const folder = await keptFolder(db, storage_location);
  const file = folder === null ? null : await keeper.read(joinPath(folder, "MLmodel"));
  if (!file) return null;
  if (file.bytes > LARGEST_FILE) {
    await file.stream.cancel();
    return null;
  }
  return readSignature(await new Response(file.stream).text());
}

/** null for files that lie elsewhere, and for an address that leads nowhere. */
export async function keptFolder(db: Database, location: string): Promise<string | null> {
  try {
    const [, runId, inside] = /^runs:\/+([^/]+)\/?(.*)$/.exec(location) ?? [];
    if (!runId) return keptPath(location);
    const root = keptPath((await getRunInfo(db, runId)).artifact_uri);
    return root === null ? null : joinPath(root, folderPath(inside!));
  } catch (error) {
    if (error instanceof TidemarkError) return null;
    throw error;
  }
}
