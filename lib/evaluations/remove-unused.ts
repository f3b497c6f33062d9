import { type SQL, sql } from "drizzle-orm";
import type { Keeper } from "@/lib/artifacts/keeper";
import { type Database, rows } from "@/lib/db/client";
import { log } from "@/lib/log";

/** Files are sent before what names them is saved: one that was put there since may be named any moment. */
const GRACE_MS = 24 * 60 * 60 * 1000;

/** Where files lie by their SHA-256, and which of them something names. */
const PLACES = [
  {
    folder: "evaluations",
    named: sql`SELECT outcome_sha256 AS sha256 FROM evaluation
      UNION SELECT confirmed_outcome_sha256 FROM evaluation WHERE confirmed_outcome_sha256 IS NOT NULL
      UNION SELECT file->>'sha256' FROM evaluation, jsonb_array_elements(model_files) AS file`,
  },
  { folder: "datasets", named: sql`SELECT DISTINCT sha256 FROM held_out_dataset` },
] as const;

export type RemovedFiles = { files: number; bytes: number };

/**
 * Removes the files of evaluations and of held-out sets that nothing names any more, or that were sent and never named:
 * those of a deleted version or model, of an evaluation that was not saved. What is registered or saved stays.
 */
export async function removeUnused(
  { db, keeper }: { db: Database; keeper: Keeper },
  { now }: { now: Date },
): Promise<RemovedFiles> {
  const removed = { files: 0, bytes: 0 };
  for (const { folder, named } of PLACES) {
    for (const file of await unnamed(db, named, await filesBelow(keeper, folder))) {
      const changedAt = await keeper.changedAt(file.path);
      if (changedAt === null || changedAt > now.getTime() - GRACE_MS) continue;
      if (!(await keeper.remove(file.path))) continue;
      log.info({ file: file.path, bytes: file.bytes }, "a file that nothing names any more was removed");
      removed.files++;
      removed.bytes += file.bytes;
    }
  }
  return removed;
}

type KeptFile = { path: string; sha256: string; bytes: number };

async function filesBelow(keeper: Keeper, folder: string): Promise<KeptFile[]> {
  const found: KeptFile[] = [];
  for (const { name: part, isFolder } of await keeper.list(folder)) {
    if (!isFolder) continue;
    for (const { name: sha256, bytes } of await keeper.list(`${folder}/${part}`)) {
      if (bytes !== null) found.push({ path: `${folder}/${part}/${sha256}`, sha256, bytes });
    }
  }
  return found;
}

async function unnamed(db: Database, named: SQL, files: KeptFile[]): Promise<KeptFile[]> {
  const hashes = JSON.stringify(files.map(({ sha256 }) => sha256));
  const found = await rows<{ sha256: string }>(
    db,
    sql`SELECT sha256 FROM jsonb_array_elements_text(${hashes}::jsonb) AS kept (sha256)
      WHERE sha256 NOT IN (SELECT named.sha256 FROM (${named}) AS named)`,
  );
  const free = new Set(found.map(({ sha256 }) => sha256));
  return files.filter(({ sha256 }) => free.has(sha256));
}
