import { createHash } from "node:crypto";
import type { Keeper } from "@/lib/artifacts/keeper";
import { joinPath } from "@/lib/artifacts/path";
import { keptFolder } from "@/lib/comparison/kept-signature";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";

type From = { db: Database; keeper: Keeper };

/** A version that needs more is no folder of a model; listing it would keep a request waiting for minutes. */
const MOST_FILES = 100_000;

/** How a version's files stand. Files that were replaced and put back have other times, though the same digest. */
export type FilesState = {
  /** Over names, sizes and contents. */
  sha256: string;
  /** When the newest of them was put there. */
  changedMs: number;
};

/** SHA-256 over a version's files, by name; null where they do not lie with this server. */
export async function digestFiles(from: From, at: VersionAt): Promise<string | null> {
  return (await readFilesState(from, at))?.sha256 ?? null;
}

/**
 * Reads all of a version's files, however large: what is approved is approved to the byte.
 * @returns null where they do not lie with this server
 * @throws TidemarkError `bad_request` for a folder of too many files
 */
export async function readFilesState(
  { db, keeper }: From,
  at: VersionAt,
  { mostFiles = MOST_FILES }: { mostFiles?: number } = {},
): Promise<FilesState | null> {
  const folder = await keptFolder(db, (await getModelVersion(db, at)).storage_location);
  if (folder === null) return null;
  const paths: string[] = [];
  const visit = async (inside: string): Promise<void> => {
    for (const { name, isFolder } of await keeper.list(joinPath(folder, inside))) {
      const path = joinPath(inside, name);
      if (isFolder) await visit(path);
      else if (paths.push(path) > mostFiles) throw tooMany(at, folder, mostFiles);
    }
  };
  await visit("");
  if (paths.length === 0) return null;
  const digest = createHash("sha256");
  let changedMs = 0;
  for (const path of paths.sort()) {
    const file = await keeper.read(joinPath(folder, path));
    // One that goes away meanwhile is no part of it any more.
    if (!file) continue;
    digest.update(`${JSON.stringify(path)} ${file.bytes}\n`);
    const reader = file.stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) digest.update(part.value);
    changedMs = Math.max(changedMs, (await keeper.changedAt(joinPath(folder, path))) ?? 0);
  }
  return { sha256: digest.digest("hex"), changedMs };
}

const tooMany = ({ model, version }: VersionAt, folder: string, most: number) =>
  new TidemarkError(
    "bad_request",
    `version ${version} of ${model} has more than ${most.toLocaleString("en")} files below ${folder.slice(0, 200)}, which a promotion would have to read: register a version whose source is the folder of the model alone`,
  );
