import { createHash } from "node:crypto";
import type { Keeper } from "@/lib/artifacts/keeper";
import { joinPath } from "@/lib/artifacts/path";
import { keptFolder } from "@/lib/comparison/kept-signature";
import type { Database } from "@/lib/db/client";
import { getModelVersion, type VersionAt } from "@/lib/registry/versions";

/** Of larger folders names and sizes are taken for the content: a request must not read a terabyte. */
const MOST_BYTES = 512 * 1024 * 1024;
const MOST_FILES = 5000;

/** SHA-256 over a version's files, by name; null where they do not lie with this server. */
export async function digestFiles(
  { db, keeper }: { db: Database; keeper: Keeper },
  at: VersionAt,
): Promise<string | null> {
  const folder = await keptFolder(db, (await getModelVersion(db, at)).storage_location);
  if (folder === null) return null;
  const files: { path: string; bytes: number }[] = [];
  const visit = async (inside: string): Promise<void> => {
    for (const { name, isFolder, bytes } of await keeper.list(joinPath(folder, inside))) {
      if (files.length >= MOST_FILES) return;
      const path = joinPath(inside, name);
      if (isFolder) await visit(path);
      else files.push({ path, bytes: bytes ?? 0 });
    }
  };
  await visit("");
  if (files.length === 0) return null;
  const whole = files.reduce((sum, { bytes }) => sum + bytes, 0) <= MOST_BYTES;
  const digest = createHash("sha256");
  for (const { path, bytes } of files.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    digest.update(`${JSON.stringify(path)} ${bytes}\n`);
    const file = whole ? await keeper.read(joinPath(folder, path)) : null;
    if (!file) continue;
    const reader = file.stream.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) digest.update(part.value);
  }
  return digest.digest("hex");
}
