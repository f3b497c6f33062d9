import type { Keeper, StoredFile } from "@/lib/artifacts/keeper";
import { keptPathOf } from "@/lib/artifacts/location";
import { artifactPath, joinPath } from "@/lib/artifacts/path";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getRunInfo } from "@/lib/runs/runs";

export type FileAddress = { runId: string; path: string };

/** @throws TidemarkError `not_found`, `bad_request` for a wrong path */
export async function openRunFile(
  { db, keeper }: { db: Database; keeper: Keeper },
  { runId, path }: FileAddress,
): Promise<StoredFile> {
  const name = artifactPath(path);
  const { artifact_uri } = await getRunInfo(db, runId);
  const file = await keeper.read(joinPath(keptPathOf(artifact_uri), name));
  if (!file) throw new TidemarkError("not_found", `there is no artifact ${JSON.stringify(name)}`);
  return file;
}

/** The beginning of a file; the rest is not read. */
export async function readHead(file: StoredFile, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = file.stream.getReader();
  while (length < most) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  await reader.cancel();
  return Buffer.concat(pieces).subarray(0, most);
}
