import type { Keeper } from "@/lib/artifacts/keeper";
import { keptPath } from "@/lib/artifacts/location";
import { folderPath, joinPath } from "@/lib/artifacts/path";
import type { Database } from "@/lib/db/client";
import { getRunInfo } from "@/lib/runs/runs";
import type { RunFolder } from "./schema";

/** What a run keeps in a folder, folders first. @throws TidemarkError `not_found`, `bad_request` for a wrong path */
export async function listRunFiles(
  { db, keeper }: { db: Database; keeper: Keeper },
  { runId, path }: { runId: string; path: string },
): Promise<RunFolder> {
  const folder = folderPath(path);
  const { artifact_uri } = await getRunInfo(db, runId);
  const root = keptPath(artifact_uri);
  if (root === null) return { files: [], elsewhere: artifact_uri };
  const entries = await keeper.list(joinPath(root, folder));
  const files = entries.map(({ name, isFolder, bytes }) => ({
    path: joinPath(folder, name),
    name,
    folder: isFolder,
    bytes,
  }));
  return {
    files: [...files.filter((file) => file.folder), ...files.filter((file) => !file.folder)],
    elsewhere: null,
  };
}
