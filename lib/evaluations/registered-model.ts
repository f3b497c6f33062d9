import type { Keeper } from "@/lib/artifacts/keeper";
import { joinPath } from "@/lib/artifacts/path";
import { keptFolder, readMlmodel } from "@/lib/comparison/kept-signature";
import type { Database } from "@/lib/db/client";
import { TidemarkError } from "@/lib/errors";
import { modelHash, type NamedBytes } from "@/lib/evaluate/model-files";
import { readModel } from "@/lib/evaluate/read-model";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";

import { servedFile } from "./served-file";

type From = { db: Database; keeper: Keeper };

/** A folder that was logged as a model has a handful of files; what lies deeper is not looked for. */
const MOST_FILES = 500;
const DEEPEST = 3;
const LARGEST_MODEL = 512 * 1024 * 1024;

/** What of a version's registered files a browser could run, by their paths below the version's folder. */
export type RegisteredFile = { path: string; bytes: number };

/**
 * The files of a version that are, or may belong to, a TensorFlow.js or ONNX model; empty where its files lie elsewhere
 * or are of other kinds.
 */
export async function registeredFiles({ db, keeper }: From, at: VersionAt): Promise<RegisteredFile[]> {
  const folder = await folderOf(db, at);
  if (folder === null) return [];
  const found: RegisteredFile[] = [];
  const visit = async (inside: string, depth: number): Promise<void> => {
    for (const { name, isFolder, bytes } of await keeper.list(joinPath(folder, inside))) {
      if (found.length >= MOST_FILES) return;
      if (isFolder && depth < DEEPEST) await visit(joinPath(inside, name), depth + 1);
      else if (!isFolder) found.push({ path: joinPath(inside, name), bytes: bytes ?? 0 });
    }
  };
  await visit("", 0);
  const wanted = found.filter(({ path }) => path.endsWith(".onnx") || /(^|\/)model\.json$/.test(path));
  if (wanted.length === 0) return [];
  return found.filter(({ path }) => wanted.some((one) => one.path === path) || /\.(bin|json)$/.test(path));
}

/** @throws TidemarkError `not_found` where the version has no such file */
export async function readRegisteredFile(
  { db, keeper }: From,
  at: VersionAt,
  path: string,
): Promise<{ bytes: number; stream: ReadableStream<Uint8Array> }> {
  const listed = await registeredFiles({ db, keeper }, at);
  const folder = listed.some((file) => file.path === path) ? await folderOf(db, at) : null;
  const file = folder === null ? null : await keeper.read(joinPath(folder, path));
  if (file) return file;
  throw new TidemarkError(
    "not_found",
    `version ${at.version} of ${at.model} has no model file ${JSON.stringify(path.slice(0, 200))}: GET …/model-files lists them`,
  );
}

/** isHere: the version's files lie with this server. sha256: of the model that they are; null where they are none that
 * could be evaluated, or no single one. */
export type RegisteredModel = { isHere: boolean; sha256: string | null };

/** What the version is registered with, by its files of this moment. */
export async function registeredModel(from: From, at: VersionAt): Promise<RegisteredModel> {
  if ((await folderOf(from.db, at)) === null) return { isHere: false, sha256: null };
  return { isHere: true, sha256: await registeredHash(from, at) };
}

async function registeredHash(from: From, at: VersionAt): Promise<string | null> {
  const served = servedFile((await readMlmodel(from, at)) ?? "");
  const listed = (await registeredFiles(from, at)).filter(
    ({ path }) => served === undefined || path === served,
  );
  if (listed.length === 0 || listed.reduce((sum, { bytes }) => sum + bytes, 0) > LARGEST_MODEL) return null;
  const files: NamedBytes[] = [];
  for (const { path } of listed) {
    const { stream } = await readRegisteredFile(from, at, path);
    files.push({ path, bytes: new Uint8Array(await new Response(stream).arrayBuffer()) });
  }
  try {
    return await modelHash(readModel(files).files);
  } catch (error) {
    // Files that no engine would take are none that evidence could be about.
    if (error instanceof TidemarkError) return null;
    throw error;
  }
}

async function folderOf(db: Database, at: VersionAt): Promise<string | null> {
  return keptFolder(db, (await getModelVersion(db, at)).storage_location);
}
